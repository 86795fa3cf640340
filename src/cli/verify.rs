//! `airside verify`: a folder of results made again from the documents in it, and every file and number compared.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::Parser;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::cli::args::{Args, Format, Verb, VerifyArgs};
use crate::cli::exit::{Exit, Failure};
use crate::cli::screen::Screen;
use crate::cli::{compare, optimise, robust, sensitivity, sweep};
use crate::report::{counted, input_path};

/// Verbs whose folders can be made again.
const VERBS: [&str; 5] = ["compare", "robust", "sensitivity", "sweep", "optimise"];

/// Runs the verb.
pub(crate) fn run(args: &VerifyArgs, screen: &Screen) -> Result<Exit, Failure> {
    let manifest = manifest(&args.folder)?;
    let mut differences = inputs(&args.folder, &manifest)?;
    let mut compared = Compared::default();
    if differences.is_empty() {
        let again = tempfile::tempdir().map_err(|cause| not_read(&args.folder, cause))?;
        let quiet = screen.hushed();
        if !make_again(args, &manifest, again.path(), &quiet)? {
            return Ok(Exit::Ended);
        }
        compared = compare_folders(&args.folder, again.path())?;
        differences.append(&mut compared.differences);
    }
    let own = manifest["version"].as_str().unwrap_or_default();
    let other_version = own != env!("CARGO_PKG_VERSION");
    match args.format {
        Format::Json => screen.line(json!({
            "folder": args.folder.display().to_string(),
            "version": own,
            "verified_with": env!("CARGO_PKG_VERSION"),
            "files": compared.files,
            "numbers": compared.numbers,
            "same": differences.is_empty(),
            "differences": differences,
        })),
        Format::Text => {
            differences.iter().for_each(|it| screen.line(it));
            if differences.is_empty() {
                screen.line(format_args!(
                    "{}: {} and {} come out the same, byte for byte",
                    args.folder.display(),
                    counted(compared.files, "file", "files"),
                    counted(compared.numbers, "number in them", "numbers in them")
                ));
            } else if other_version {
                screen.line(format_args!(
                    "it was made by airside {own}, and this is {}: use that version to see the same bytes",
                    env!("CARGO_PKG_VERSION")
                ));
            }
        }
    }
    if differences.is_empty() {
        return Ok(Exit::Fine);
    }
    Err(Failure::NotVerified {
        file: args.folder.display().to_string(),
        why: counted(differences.len() as u64, "difference", "differences"),
    })
}

fn not_read(path: &Path, cause: std::io::Error) -> Failure {
    Failure::NotRead { file: path.display().to_string(), cause }
}

fn manifest(folder: &Path) -> Result<Value, Failure> {
    let path = folder.join("manifest.json");
    let text = std::fs::read_to_string(&path).map_err(|cause| not_read(&path, cause))?;
    let manifest: Value = serde_json::from_str(&text).map_err(|cause| not_read(&path, cause.into()))?;
    let known = manifest["command"].as_str().is_some_and(|verb| VERBS.contains(&verb));
    match known && manifest["inputs"][0]["file"].is_string() {
        true => Ok(manifest),
        false => Err(Failure::Usage(format!(
            "{} was not written by one of the verbs that can be verified: {}, each of a study or a scenario",
            path.display(),
            VERBS.join(", ")
        ))),
    }
}

/// Whether the documents in the folder are those that the manifest names.
fn inputs(folder: &Path, manifest: &Value) -> Result<Vec<String>, Failure> {
    let mut differences = Vec::new();
    for input in manifest["inputs"].as_array().into_iter().flatten() {
        let name = input_path(input["file"].as_str().unwrap_or_default());
        let path = folder.join(&name);
        let bytes = std::fs::read(&path).map_err(|cause| not_read(&path, cause))?;
        let sha: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
        if input["sha256"].as_str() != Some(&sha) {
            differences.push(format!("{name}: it is not the file that the manifest names by its digest"));
        }
    }
    Ok(differences)
}

/// Runs what the manifest says, as if it had been typed; whether it came to an end.
fn make_again(args: &VerifyArgs, manifest: &Value, out: &Path, screen: &Screen) -> Result<bool, Failure> {
    let lacking =
        || Failure::Usage(format!("{} does not say what was run", args.folder.join("manifest.json").display()));
    let number = |name: &str| manifest[name].as_u64().map(|number| number.to_string()).ok_or_else(lacking);
    let text = |name: &str| manifest[name].as_str().map(str::to_owned).ok_or_else(lacking);
    let document = manifest["inputs"][0]["file"].as_str().map(input_path).ok_or_else(lacking)?;
    let mut line: Vec<OsString> = vec!["airside".into(), text("command")?.into()];
    line.push(args.folder.join(document).into());
    let more = manifest["arguments"].as_array().into_iter().flatten();
    line.extend(more.filter_map(|argument| argument.as_str()).map(OsString::from));
    for (name, value) in [
        ("--seed", number("seed")?),
        ("--draws", number("draws_asked")?),
        ("--replications", number("replications")?),
        ("--fidelity", text("fidelity")?),
        ("--jobs", args.jobs.to_string()),
    ] {
        line.push(format!("{name}={value}").into());
    }
    line.extend(["--out".into(), out.as_os_str().to_owned()]);
    match Args::try_parse_from(line).map_err(|_| lacking())?.verb {
        Verb::Compare(again) => match &again.document {
            Some(document) => compare::compare(&again, document, screen, false),
            None => Err(lacking()),
        },
        Verb::Robust(again) => robust::robust(&again, screen, false),
        Verb::Sensitivity(again) => sensitivity::sensitivity(&again, screen, false),
        Verb::Sweep(again) => sweep::sweep(&again, screen, false),
        Verb::Optimise(again) => optimise::optimise(&again, screen, false),
        _ => Err(lacking()),
    }
}

#[derive(Debug, Default)]
struct Compared {
    files: u64,
    numbers: u64,
    differences: Vec<String>,
}

fn compare_folders(before: &Path, after: &Path) -> Result<Compared, Failure> {
    let mut compared = Compared::default();
    let mut names = files(before, Path::new(""))?;
    for name in files(after, Path::new(""))? {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.sort();
    for name in names {
        let shown = name.display();
        match (std::fs::read(before.join(&name)), std::fs::read(after.join(&name))) {
            (Ok(old), Ok(new)) => {
                compared.files += 1;
                compared.numbers += numbers(&old);
                if old != new {
                    compared.differences.push(format!("{shown}: {}", first_difference(&old, &new)));
                }
            }
            (Ok(_), Err(_)) => compared.differences.push(format!("{shown}: it is not written any more")),
            _ => compared.differences.push(format!("{shown}: it is missing")),
        }
    }
    Ok(compared)
}

fn files(folder: &Path, under: &Path) -> Result<Vec<PathBuf>, Failure> {
    let path = folder.join(under);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(&path).map_err(|cause| not_read(&path, cause))? {
        let entry = entry.map_err(|cause| not_read(&path, cause))?;
        let name = under.join(entry.file_name());
        if entry.path().is_dir() { found.extend(files(folder, &name)?) } else { found.push(name) }
    }
    Ok(found)
}

/// Numbers in a text; none in a picture.
fn numbers(bytes: &[u8]) -> u64 {
    let Ok(text) = std::str::from_utf8(bytes) else { return 0 };
    let pieces = text.split(|c: char| !(c.is_ascii_digit() || c == '.'));
    pieces.filter(|piece| piece.bytes().any(|b| b.is_ascii_digit())).count() as u64
}

/// `line 12: "a" was there, "b" comes out`.
fn first_difference(old: &[u8], new: &[u8]) -> String {
    let (Ok(old), Ok(new)) = (std::str::from_utf8(old), std::str::from_utf8(new)) else {
        return "other bytes come out".to_owned();
    };
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let line = (0..old.len().max(new.len())).find(|n| old.get(*n) != new.get(*n)).unwrap_or(0);
    let (was, is) = (old.get(line).copied().unwrap_or(""), new.get(line).copied().unwrap_or(""));
    // Around the first character that differs: lines of data are long.
    let same = was.chars().zip(is.chars()).take_while(|(a, b)| a == b).count().saturating_sub(20);
    let around = |text: &str| text.chars().skip(same).take(60).collect::<String>();
    format!("line {}: `{}` was there, `{}` comes out", line + 1, around(was), around(is))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_digit_is_found_with_its_line() {
        let said = first_difference(b"a,b\n1,2.5\n", b"a,b\n1,2.6\n");
        assert_eq!(said, "line 2: `1,2.5` was there, `1,2.6` comes out");
        assert_eq!(first_difference(b"a\n", b"a\nb\n"), "line 2: `` was there, `b` comes out");
        assert_eq!(numbers("x 1.5, y-2 z".as_bytes()), 2);
        assert_eq!(numbers(&[0xff, b'1']), 0);
    }
}
