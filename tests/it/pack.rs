//! The document pack: what it holds and for whom, and its markings.

use std::fmt::Write as _;
use std::io::{Cursor, Read};

use airside::model::{Piece, Text};
use sha2::{Digest as _, Sha256};

use crate::packed::{Packed, readable};

const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/pack.txt");
const SHIPPED: [&str; 2] = ["lakeside", "eastmarch"];
const EXERCISE: &str = "EXERCISE EXERCISE EXERCISE";

#[test]
fn each_document_is_as_it_was() {
    let packed = Packed::shipped("lakeside");
    let mut lines = String::from("# file of Lakeside's pack, digest\n");
    for (name, content) in packed.files() {
        let digest = Sha256::digest(&content)[..8].iter().fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").unwrap();
            text
        });
        writeln!(lines, "{name} {digest}").unwrap();
    }
    let kept = std::fs::read_to_string(KEPT).unwrap_or_default();
    if std::env::var_os("AIRSIDE_WRITE_GOLDEN").is_some() {
        std::fs::write(KEPT, lines).unwrap();
    } else {
        assert_eq!(kept, lines, "if this is meant: AIRSIDE_WRITE_GOLDEN=1 cargo test --test it pack");
    }
    packed.airside(&["--out", "again"]).success();
    for (name, content) in packed.files() {
        assert!(content == std::fs::read(packed.folder.path().join("again").join(&name)).unwrap(), "{name}");
    }
}

#[test]
fn players_documents_tell_nothing_of_what_is_to_come() {
    for name in SHIPPED {
        let packed = Packed::shipped(name);
        let exercise = packed.exercise();
        let mut secrets: Vec<String> = Vec::new();
        let pieces = |text: &Text| -> Vec<String> {
            let plain = |piece: &Piece| match piece {
                Piece::Plain(plain) => Some(plain.trim().to_owned()),
                Piece::Gap(_) => None,
            };
            text.pieces().iter().filter_map(plain).filter(|it| it.len() > 8).collect()
        };
        for inject in &exercise.injects {
            secrets.extend(pieces(&inject.text));
            secrets.extend([&inject.synopsis, &inject.guidance, &inject.controller, &inject.from].map(String::clone));
            secrets.extend(inject.expects.iter().map(|it| it.action.clone()));
        }
        for decision in &exercise.decisions {
            secrets.extend(decision.question.iter().chain(&decision.hint).cloned());
            secrets.extend(decision.choices.iter().filter_map(|it| it.text.clone()));
            secrets.extend(decision.foretell.iter().map(|it| it.text.clone()));
            secrets.push(decision.guidance.clone());
        }
        for (nth, module) in exercise.modules.iter().enumerate() {
            secrets.push(module.guidance.clone());
            secrets.extend(pieces(&module.read_aloud).into_iter().filter(|_| nth > 0));
        }
        for target in exercise.objectives.iter().flat_map(|it| &it.targets) {
            secrets.push(target.text.clone());
            secrets.extend(target.tasks.iter().cloned());
        }
        secrets.extend(exercise.scenario.safeguards.iter().map(|it| it.id.clone()));
        secrets.extend(exercise.scenario.layers.iter().map(|it| it.id.clone()));
        secrets.extend([exercise.score.source.clone(), "seed".to_owned(), "Event number".to_owned()]);
        // Shorter ones are words of every page, such as `Customs`; so is the facilitator.
        secrets.retain(|it| (it.len() > 9 || it == "seed") && it != "Facilitator");
        assert!(secrets.len() > 40, "{}", secrets.len());
        let files = packed.files();
        let seat_words: Vec<&str> = exercise.seats.iter().map(|seat| seat.title.as_str()).collect();
        for (file, content) in files.iter().filter(|(file, _)| file.starts_with("players")) {
            let text = readable(content);
            assert!(text.len() > 500, "{file}");
            for secret in &secrets {
                let secret = secret.split_whitespace().collect::<Vec<_>>().join(" ");
                let is_seat = seat_words.contains(&secret.as_str());
                assert!(is_seat || !text.contains(&secret), "{name}: {file} tells: {secret}");
            }
        }
        // What is looked for is there to be found.
        let handbook = readable(&files["controllers/handbook.html"]);
        assert!(handbook.contains(&exercise.modules[0].guidance) && handbook.contains("Guidance"));
    }
}

#[test]
fn every_page_and_file_is_marked() {
    for name in SHIPPED {
        let packed = Packed::of(name, |text| text.replacen("handling: Clear", "handling: AmberStrict", 1));
        for (file, content) in packed.files() {
            if !file.ends_with(".html") {
                continue;
            }
            let html = String::from_utf8(content).unwrap();
            for part in ["thead", "tfoot"] {
                // The outermost table's head and foot are what browsers repeat on each page.
                let strip =
                    html.split_once(&format!("<{part}>")).unwrap().1.split_once(&format!("</{part}>")).unwrap().0;
                assert!(strip.contains(EXERCISE) && strip.contains(">TLP:AMBER+STRICT<"), "{file}: {strip}");
                let closed = strip.contains("NOT FOR PLAYERS") || strip.contains("SEALED UNTIL IT COMES");
                assert_eq!(closed, !file.starts_with("players"), "{file}");
            }
            assert!(html.contains("font-size: 12pt") && html.contains("#ffc000"), "{file}");
        }
        let long = packed.csv();
        for row in [&long[0], &long[long.len() - 1]] {
            assert!(row[0].starts_with(EXERCISE) && row[0].contains("TLP:AMBER+STRICT"), "{row:?}");
        }
        let mut archive = zip::ZipArchive::new(Cursor::new(packed.file("msel.xlsx"))).unwrap();
        for part in ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "docProps/core.xml"] {
            let mut text = String::new();
            archive.by_name(part).unwrap().read_to_string(&mut text).unwrap();
            assert!(text.contains("TLP:AMBER+STRICT") && text.contains(EXERCISE), "{part}");
            if part.starts_with("xl") {
                assert!(text.contains("<oddHeader>") && text.contains("<oddFooter>"), "{part}");
            }
        }
        let cards = readable(&packed.files()["controllers/inject-cards.html"]);
        let count = packed.exercise().injects.len();
        assert_eq!(cards.matches("This is a real-world emergency").count(), count);
        assert!(cards.matches(EXERCISE).count() >= 2 * count + 2);
    }
}
