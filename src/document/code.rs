//! The closed list of what can be wrong with a document. To add a code, add one line to the table.

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The document cannot be used.
    Error,
    /// The document can be used and probably does not say what was meant.
    Warning,
}

macro_rules! codes {
    ($($variant:ident $id:literal $slug:literal $explanation:literal;)+) => {
        /// A stable name for a kind of problem. Ids and slugs are never reused for something else.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = concat!("`", $id, " ", $slug, "`: ", $explanation)] $variant,)+
        }

        impl Code {
            /// All of them, in the order of their ids.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)+];

            /// `E0101`.
            pub const fn id(self) -> &'static str {
                match self { $(Code::$variant => $id,)+ }
            }

            /// `duplicate-key`.
            pub const fn slug(self) -> &'static str {
                match self { $(Code::$variant => $slug,)+ }
            }

            /// One sentence on what it means.
            pub const fn explanation(self) -> &'static str {
                match self { $(Code::$variant => $explanation,)+ }
            }
        }
    };
}

codes! {
    // Syntax: E00xx. The text is not a document.
    UnexpectedText    "E0001" "unexpected-text"    "Something stands where the grammar has no place for it.";
    Unclosed          "E0002" "unclosed"           "A bracket, string or comment is opened and never closed.";
    MismatchedBracket "E0003" "mismatched-bracket" "A closing bracket does not fit the one that is open.";
    BadNumber         "E0004" "bad-number"         "Something starts like a number and is none.";
    BadEscape         "E0005" "bad-escape"         "A backslash in a string is followed by something that has no meaning.";
    BadAttribute      "E0006" "bad-attribute"      "A line that starts with # is not a known attribute.";
    NotUtf8           "E0007" "not-utf8"           "The file is not UTF-8 text.";
    TooLarge          "E0008" "too-large"          "The document is larger than what is read.";
    TooDeep           "E0009" "too-deep"           "Brackets are nested deeper than any document needs.";
    TooMany           "E0010" "too-many-values"    "The document holds more values than what is read.";
    // Shape: E01xx. A document, but not of the form that is asked for.
    DuplicateKey      "E0101" "duplicate-key"      "A key or field occurs twice; one of the two would be lost.";
    NotFinite         "E0102" "not-finite"         "A number is infinite, not a number, or too large to be kept.";
    UnknownField      "E0103" "unknown-field"      "A field has a name that is not known here.";
    MissingField      "E0104" "missing-field"      "A field that is needed is not there.";
    UnknownChoice     "E0105" "unknown-choice"     "A capitalised word is not one of the choices here.";
    WrongKind         "E0106" "wrong-kind"         "A value is of another kind than what belongs here.";
    WrongName         "E0107" "wrong-name"         "Brackets carry another name than what belongs here.";
    WrongLength       "E0108" "wrong-length"       "Brackets hold too many or too few values.";
    OutOfRange        "E0109" "out-of-range"       "A whole number is too large, too small or negative.";
    BadValue          "E0110" "bad-value"          "A value is of the right kind and not possible.";
    BadShape          "E0111" "bad-shape"          "The reader of documents refuses something; its own words are given.";
    FormatMissing     "E0120" "format-missing"     "The document does not say which format it follows.";
    FormatNotFirst    "E0121" "format-not-first"   "The format is not the first field.";
    FormatOld         "E0122" "format-old"         "The document follows an older format.";
    FormatNew         "E0123" "format-new"         "The document follows a newer format than this tool knows.";
    // Meaning: E02xx. Well formed, and contradicts itself or the world.
    UnknownId         "E0201" "unknown-id"         "A name refers to something that is not defined.";
    ShareOutOfRange   "E0202" "share-out-of-range" "A percentage lies outside 0 to 100.";
    RateOutOfRange    "E0203" "rate-out-of-range"  "A rate is negative or beyond what can be simulated.";
    BadDuration       "E0204" "bad-duration"       "A length of time or a day is negative, too long, or nothing where it must last.";
    BadAmount         "E0205" "bad-amount"         "An amount of money is negative or absurdly large.";
    ImpossibleLaw     "E0206" "impossible-law"     "The parameters of a distribution do not make one.";
    CountOutOfRange   "E0207" "count-out-of-range" "A whole number lies outside the limits of its place.";
    NumberOutOfRange  "E0208" "number-out-of-range" "A plain number lies outside the limits of its place.";
    BadDate           "E0209" "bad-date"           "A date does not exist or is not written as year, month and day.";
    BadTimeOfDay      "E0210" "bad-time-of-day"    "A time of day is not written as hours and minutes.";
    Empty             "E0211" "empty"              "Something that must hold at least one thing is empty.";
    ListedTwice       "E0212" "listed-twice"       "A list or group of lists names the same thing twice.";
    DefinedTwice      "E0213" "defined-twice"      "Two definitions in different places have the same name.";
    Contradiction     "E0214" "contradiction"      "Two parts of an entry exclude each other.";
    LimitExceeded     "E0215" "limit-exceeded"     "The document asks for more than a run can hold.";
    WarmUpTooLong     "E0216" "warm-up-too-long"   "The warm-up leaves nothing of the story to count.";
    BadName           "E0217" "bad-name"           "A name or title is empty, too long, or holds what names cannot.";
    NobodyWorks       "E0220" "nobody-works"       "A station has no server at any time of the day.";
    RouteNeverEnds    "E0221" "route-never-ends"   "A route has no Leave, so that its goods would stay for ever.";
    RouteGoesOn       "E0222" "route-goes-on"      "A route has legs after its goods have left.";
    BranchOverAll     "E0223" "branch-over-all"    "More than all goods would branch off.";
    LeaveInside       "E0224" "leave-inside"       "A route leaves to a zone that lies within the hub.";
    GoalsSum          "E0230" "goals-sum"          "The weights of the goals do not sum to 100 %.";
    SameOperator      "E0231" "same-operator"      "The campaign's real and elsewhere worlds need two operators.";
    StepCycle         "E0232" "step-cycle"         "Steps wait for each other in a circle, so that none begins.";
    ThresholdsFall    "E0240" "thresholds-fall"    "The desk's thresholds do not rise.";
    Certainty         "E0241" "certainty"          "A belief of 0 or 100 % can neither be moved nor reached.";
    PathNamesNothing  "E0250" "path-names-nothing" "The path of an assumption leads to nothing in the document.";
    PathNotANumber    "E0251" "path-not-a-number"  "The path of an assumption leads to something that is not a number.";
    UnitDiffers       "E0252" "unit-differs"       "An assumption is written in another unit than its number.";
    RangeNotRising    "E0253" "range-not-rising"   "The range of an assumption does not rise.";
    SameNumber        "E0254" "same-number"        "Two assumptions are about one and the same number.";
    RangeContradicts  "E0255" "range-contradicts"  "With values within the ranges of assumptions, the document contradicts itself.";
    FileRefused       "E0260" "file-refused"       "A file that the document names cannot be used.";
    LooserHandling    "E0261" "looser-handling"    "The document may be passed on more freely than a file that it includes.";
    DataRefused       "E0262" "data-refused"       "A data file cannot be read as what it should be.";
    // Exercises: E04xx. Right in itself, and cannot be played.
    WorldsSum         "E0401" "worlds-sum"         "The chances of the worlds do not sum to 100 %.";
    NoCampaign        "E0402" "no-campaign"        "An exercise is to be played in a world that its scenario does not have.";
    NoDesk            "E0403" "no-desk"            "The scenario of an exercise has no desk, so that nobody would hear or decide anything.";
    ModuleDays        "E0404" "module-days"        "The days of the modules overlap, leave days out, or go past the end of the story.";
    NeverAsked        "E0405" "never-asked"        "A decision or inject lies on a day that no module covers.";
    UnknownGap        "E0406" "unknown-gap"        "A text has a gap that nothing fills.";
    OneChoice         "E0407" "one-choice"         "A decision leaves nothing to choose.";
    NobodyKnows       "E0409" "nobody-knows"       "An inject waits for something that no seat could know.";
    NoPrice           "E0410" "no-price"           "A measure has no price that could be counted into a score.";
    NotForetold       "E0411" "not-foretold"       "What a seat is to foretell need not come to anything by the end of the story.";
    // Studies: E05xx. Right in itself, and cannot be compared.
    NothingToCompare  "E0501" "nothing-to-compare" "A study has fewer than two options, or its reference is not among them.";
    UnitOfMeasure     "E0502" "unit-of-measure"    "A value is in another unit than the measure that it is about.";
    WeightsSum        "E0503" "weights-sum"        "The weights of the world sets do not sum to 100 %.";
    SetRefused        "E0504" "set-refused"        "Two values that a world set writes lie within each other.";
    NotFalling        "E0505" "not-falling"        "A tolerance does not become smaller with the value.";
    // Warnings: W03xx.
    Unused            "W0301" "unused"             "Something is defined and nothing refers to it.";
    Unreachable       "W0302" "unreachable"        "A station that no goods can come to.";
    Overloaded        "W0303" "overloaded"         "A station gets more work than it can do, so that its queue grows without end.";
    SilentSystem      "W0304" "silent-system"      "An information system never records anything.";
    BlindLayer        "W0305" "blind-layer"        "The signal of a layer can never fire for what the campaign does.";
    WorthlessSignal   "W0306" "worthless-signal"   "An alarm of a layer tells the desk nothing.";
    OutOfReach        "W0307" "out-of-reach"       "Evidence cannot reach the desk's threshold within the story.";
    NeverBegins       "W0308" "never-begins"       "A step or campaign can never begin.";
    NothingToUse      "W0309" "nothing-to-use"     "The campaign runs through an operator that handles no goods.";
    NeverHolds        "W0310" "never-holds"        "The condition of a rule can never hold.";
    OutsideItsRange   "W0311" "outside-its-range"  "A number lies outside the range that is assumed for it.";
    BranchesOverlap   "W0312" "branches-overlap"   "Detours that follow each other take more than all goods between them.";
    AlreadyWatched    "W0313" "already-watched"    "The desk's belief at the start is over its first threshold.";
    NoEffect          "W0317" "no-effect"          "A safeguard changes nothing in this document.";
    UnknownStandard   "W0318" "unknown-standard"   "An id has the form of no known catalogue of standards.";
    RealName          "W0320" "real-name"          "A document with a campaign names a real airport, airline or state.";
    DataDefects       "W0321" "data-defects"       "A data file has defects that were survived.";
    OverLength        "W0330" "over-length"        "The modules of an exercise take longer than the exercise.";
    TooLate           "W0331" "too-late"           "Something comes only after the decision that it belongs to has been made.";
    NobodyReached     "W0332" "nobody-reached"     "A seat is neither told nor asked anything.";
}

impl Code {
    /// Ids that start with `W` are warnings.
    pub const fn severity(self) -> Severity {
        if self.id().as_bytes()[0] == b'W' { Severity::Warning } else { Severity::Error }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_ascend_slugs_differ_and_explanations_are_sentences() {
        for pair in Code::ALL.windows(2) {
            assert!(pair[0].id() < pair[1].id(), "{} is out of order", pair[1].id());
        }
        for code in Code::ALL {
            assert_eq!(Code::ALL.iter().filter(|other| other.slug() == code.slug()).count(), 1, "{}", code.slug());
            assert!(code.explanation().ends_with('.'), "{}", code.id());
            let digits = code.id().strip_prefix(['E', 'W']).unwrap();
            assert!(digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_digit()), "{}", code.id());
        }
    }
}
