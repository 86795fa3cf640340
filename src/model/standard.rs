//! Ids of published standards that steps and safeguards stand for. Only their form is looked at.

/// An id of a published catalogue, or the name of a scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandardId {
    text: String,
    catalogue: Catalogue,
}

/// Where an id is from, as its form shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Catalogue {
    /// MITRE ATT&CK, a technique: `T1213`, `T1213.006`.
    Technique,
    /// MITRE ATT&CK, a mitigation: `M1047`.
    Mitigation,
    /// MITRE CAPEC, an attack pattern: `CAPEC-439`.
    AttackPattern,
    /// MITRE D3FEND, a countermeasure: `D3-UBA`.
    Countermeasure,
    /// NIST SP 800-53, a control: `AU-6`, `AU-6(3)`.
    Control,
    /// An id of this project, where no catalogue has one: `HUB-C1`.
    Local,
    /// A scheme or an act by its name. What stands behind the name is not looked at.
    Scheme,
    /// None that is known.
    Unknown,
}

/// Families of controls of SP 800-53.
const FAMILIES: [&str; 20] = [
    "AC", "AT", "AU", "CA", "CM", "CP", "IA", "IR", "MA", "MP", "PE", "PL", "PM", "PS", "PT", "RA", "SA", "SC", "SI",
    "SR",
];

/// How the names of schemes and acts begin.
const SCHEMES: [&str; 19] = [
    "AEO", "C-TPAT", "EPCIS", "EU ", "GDPR", "IATA ", "ICAO ", "ICS2", "IEC ", "ISO ", "ISO/", "NIS2", "NIST AI",
    "NIST CSF", "NIST SP ", "PLACI", "TAPA", "TSA ", "WCO ",
];

impl StandardId {
    /// An id, whatever its form.
    pub fn new(text: &str) -> Self {
        StandardId { text: text.to_owned(), catalogue: catalogue(text) }
    }

    /// As written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where it is from.
    pub const fn catalogue(&self) -> Catalogue {
        self.catalogue
    }
}

fn catalogue(text: &str) -> Catalogue {
    if let Some((technique, sub)) = text.split_once('.')
        && letter_and_digits(technique, 'T')
        && digits(sub, 3, 3)
    {
        return Catalogue::Technique;
    }
    let Some((family, rest)) = text.split_once('-') else {
        return match text {
            _ if letter_and_digits(text, 'T') => Catalogue::Technique,
            _ if letter_and_digits(text, 'M') => Catalogue::Mitigation,
            _ => scheme(text),
        };
    };
    match family {
        "CAPEC" if digits(rest, 1, 4) => Catalogue::AttackPattern,
        "D3" if (2..=8).contains(&rest.len()) && rest.bytes().all(|b| b.is_ascii_uppercase()) => {
            Catalogue::Countermeasure
        }
        "HUB" if rest.len() > 1 && rest.as_bytes()[0].is_ascii_uppercase() && digits(&rest[1..], 1, 2) => {
            Catalogue::Local
        }
        _ if FAMILIES.contains(&family) && control(rest) => Catalogue::Control,
        _ => scheme(text),
    }
}

fn scheme(text: &str) -> Catalogue {
    let names = |scheme: &str| {
        text.strip_prefix(scheme)
            .is_some_and(|rest| scheme.ends_with([' ', '/']) || rest.is_empty() || rest.starts_with(' '))
    };
    if SCHEMES.into_iter().any(names) { Catalogue::Scheme } else { Catalogue::Unknown }
}

/// `T1213`, `M1047`.
fn letter_and_digits(text: &str, letter: char) -> bool {
    text.strip_prefix(letter).is_some_and(|rest| digits(rest, 4, 4))
}

/// `6`, `6(3)`.
fn control(text: &str) -> bool {
    match text.split_once('(') {
        None => digits(text, 1, 2),
        Some((number, rest)) => digits(number, 1, 2) && rest.strip_suffix(')').is_some_and(|n| digits(n, 1, 2)),
    }
}

fn digits(text: &str, least: usize, most: usize) -> bool {
    (least..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_an_id_shows_where_it_is_from() {
        use Catalogue::*;
        let ids = [
            (Technique, "T1213 T1213.006"),
            (Mitigation, "M1047"),
            (AttackPattern, "CAPEC-1 CAPEC-439"),
            (Countermeasure, "D3-DI D3-PHDURA"),
            (Control, "AU-6 AU-6(3) SA-9(8) IR-4(10)"),
            (Local, "HUB-C1 HUB-A12"),
            (Scheme, "AEO C-TPAT GDPR NIS2 EPCIS"),
            (
                Unknown,
                "T123 T1213.6 T12345 t1213 M10470 D3-uba D3-X AU-6( AU-6() XX-6 AU-666 CAPEC-x HUB-1 HUB- AEOX - . é",
            ),
        ];
        for (catalogue, texts) in ids {
            for text in texts.split(' ') {
                assert_eq!(StandardId::new(text).catalogue(), catalogue, "{text}");
            }
        }
        for text in ["EU 2015/1998 6.3", "TAPA FSR", "ISO 17712", "ISO/IEC 27001", "NIST SP 1800-34", "AEO (b)"] {
            assert_eq!(StandardId::new(text).catalogue(), Scheme, "{text}");
        }
        for text in ["", "the usual", "EU", "ISOLATION"] {
            assert_eq!(StandardId::new(text).catalogue(), Unknown, "{text:?}");
        }
    }
}
