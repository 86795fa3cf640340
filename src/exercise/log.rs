//! The log of a session: a line of JSON for each input, chained by hashes, on disk before anything is shown.
//!
//! Every line ends in the hash of its own text and holds the hash of the line before, so that a changed byte is found
//! and located whichever line it is in. It holds nothing about the machine, and of the time on the wall only how much of
//! it had passed since the session began.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::exercise::Input;
use crate::model::World;
use crate::time::{SimDuration, SimTime};

/// The format of logs that this version writes.
pub const FORMAT: u32 = 2;

/// What the first line says before the hash of a line that is not there.
const NO_LINE: &str = "";

/// Where a log goes. What has been written and synchronised survives the loss of power.
pub trait Durable: Write {
    /// Returns once all that was written is safe.
    fn sync(&mut self) -> io::Result<()>;
}

/// In memory, for replays and tests.
impl Durable for Vec<u8> {
    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The first line: what is needed to play the same session again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The log's format.
    pub format: u32,
    /// Version of the tool.
    pub version: String,
    /// Where the exercise was found, as it was named.
    pub exercise: String,
    /// Marking.
    pub handling: String,
    /// The exercise, its scenario and everything that they name.
    pub documents: Vec<Digest>,
    /// The luck.
    pub seed: u64,
    /// Whether somebody named the luck, so that the story is not the one that the document asks for.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub named: bool,
    /// What is true.
    pub world: World,
}

/// A document and the SHA-256 of its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Digest {
    /// Its name, relative to the exercise.
    pub file: String,
    /// In hexadecimal digits.
    pub sha256: String,
}

/// An input that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Taken {
    /// Where the story stood \[ms since its start\].
    pub at: SimTime,
    /// What the room's clock said \[ms since the session began\].
    pub clock: SimDuration,
    /// Hash of what was on the screen.
    pub saw: String,
    /// The input.
    pub input: Input,
}

/// The last line: what it came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct End {
    /// Hash of what was on the screen at last.
    pub saw: String,
    /// Every measure by its id; none for what the horizon cut off.
    pub measures: BTreeMap<String, Option<f64>>,
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Entry {
    /// The first line.
    Session(Header),
    /// An input.
    Taken(Taken),
    /// The last line.
    End(End),
}

#[derive(Serialize)]
struct Written<'e> {
    line: u64,
    before: &'e str,
    entry: &'e Entry,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    line: u64,
    before: String,
    entry: Entry,
    #[allow(dead_code, reason = "compared as text")]
    own: String,
}

/// Appends to a log.
#[derive(Clone, Debug)]
pub(crate) struct Writer<W> {
    sink: W,
    lines: u64,
    last: String,
}

impl<W: Durable> Writer<W> {
    pub(crate) fn new(sink: W) -> Self {
        Writer { sink, lines: 0, last: NO_LINE.to_owned() }
    }

    /// Goes on behind the lines of a log that has been read.
    pub(crate) fn after(log: &Log, sink: W) -> Self {
        Writer { sink, lines: log.lines, last: log.last.clone() }
    }

    /// Returns once the line is safe.
    pub(crate) fn append(&mut self, entry: &Entry) -> io::Result<()> {
        let text = serde_json::to_string(&Written { line: self.lines + 1, before: &self.last, entry })?;
        let text = text.strip_suffix('}').unwrap_or(&text);
        let mut line = format!("{text}{OWN}{}\"}}", sha256(text.as_bytes()));
        let hash = sha256(line.as_bytes());
        line.push('\n');
        self.sink.write_all(line.as_bytes())?;
        self.sink.flush()?;
        self.sink.sync()?;
        (self.lines, self.last) = (self.lines + 1, hash);
        Ok(())
    }

    pub(crate) fn into_sink(self) -> W {
        self.sink
    }

    pub(crate) fn sink(&self) -> &W {
        &self.sink
    }
}

/// What stands before a line's own hash.
const OWN: &str = ",\"own\":\"";

/// A log that has been read, and found whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Log {
    /// The first line.
    pub header: Header,
    /// The inputs, in order.
    pub taken: Vec<Taken>,
    /// The last line, if the session was played to its end.
    pub end: Option<End>,
    /// A last line that was not finished, if there is one. It was never answered, and is left out.
    pub torn: Option<Torn>,
    /// Bytes of the whole lines.
    pub bytes: usize,
    /// How many whole lines there are.
    lines: u64,
    /// The hash of the last.
    last: String,
}

/// An unfinished last line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Torn {
    /// Which, from 1.
    pub line: usize,
    /// Its bytes.
    pub bytes: usize,
}

/// Where a log is not what was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} {damage} (bytes {} to {})", .bytes.0 + 1, .bytes.1)]
pub struct Fault {
    /// Which line, from 1.
    pub line: usize,
    /// Its bytes, from 0; the end is exclusive.
    pub bytes: (usize, usize),
    /// What is wrong with it.
    pub damage: Damage,
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// Its text does not have the hash that it ends in.
    #[error("has been changed")]
    Changed,
    /// It does not hold the hash of the line before, or has another number.
    #[error("does not follow the line before it")]
    Chain,
    /// It is whole and says nothing that a log says at this place.
    #[error("is not a line of a session log")]
    Foreign,
    /// There is no whole first line.
    #[error("is not the beginning of a session log, or has been changed")]
    NoHeader,
}

impl Log {
    /// Reads a log. An unfinished last line is recognised and left out; any other damage is a fault.
    pub fn read(bytes: &[u8]) -> Result<Log, Fault> {
        let mut header = None;
        let mut log = (Vec::new(), None, None);
        let mut last = NO_LINE.to_owned();
        let mut start = 0;
        let mut line = 0;
        while start < bytes.len() {
            line += 1;
            let end = bytes[start..].iter().position(|b| *b == b'\n').map(|n| start + n);
            let fault = |damage| Fault { line, bytes: (start, end.map_or(bytes.len(), |n| n + 1)), damage };
            let Some(end) = end else {
                let rest = &bytes[start..];
                if header.is_none() {
                    return Err(fault(Damage::NoHeader));
                }
                // A torn line is a beginning of one. Behind a whole one stands a line feed that was changed.
                if whole(&rest[..rest.len() - 1]).is_some() {
                    return Err(fault(Damage::Changed));
                }
                log.2 = Some(Torn { line, bytes: rest.len() });
                break;
            };
            let text = &bytes[start..end];
            let damage = if line == 1 { Damage::NoHeader } else { Damage::Changed };
            let read = whole(text).ok_or_else(|| fault(damage))?;
            let read: Read = serde_json::from_str(read).map_err(|_| fault(Damage::Foreign))?;
            if read.line != line as u64 || read.before != last {
                return Err(fault(Damage::Chain));
            }
            match (read.entry, &header, &log.1) {
                (Entry::Session(own), None, _) => header = Some(own),
                (Entry::Taken(taken), Some(_), None) => log.0.push(taken),
                (Entry::End(end), Some(_), None) => log.1 = Some(end),
                _ => return Err(fault(Damage::Foreign)),
            }
            last = sha256(text);
            start = end + 1;
        }
        let empty = Fault { line: 1, bytes: (0, bytes.len()), damage: Damage::NoHeader };
        let (taken, end, torn) = log;
        let lines = line as u64 - u64::from(torn.is_some());
        Ok(Log { header: header.ok_or(empty)?, taken, end, torn, bytes: start, lines, last })
    }
}

/// A line as text, if it ends in the hash of what stands before.
fn whole(line: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(line).ok()?;
    let (before, own) = text.rsplit_once(OWN)?;
    (own.strip_suffix("\"}")? == sha256(before.as_bytes())).then_some(text)
}

/// A document's digest.
pub fn digest(file: impl Into<String>, content: &[u8]) -> Digest {
    Digest { file: file.into(), sha256: sha256(content) }
}

/// SHA-256 in hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercise::Verdict;

    fn sample() -> Vec<u8> {
        let mut writer = Writer::new(Vec::new());
        let header = Header {
            format: FORMAT,
            version: "0".into(),
            exercise: "a.exercise.ron".into(),
            handling: "TLP:CLEAR".into(),
            documents: vec![digest("a.exercise.ron", b"x")],
            seed: u64::MAX,
            named: false,
            world: World::Innocent,
        };
        writer.append(&Entry::Session(header)).unwrap();
        for at in 0..3 {
            let why = Some(format!("said \"{at}\",\"own\":\" and more"));
            let input = Input::Decide(Verdict { decision: "d".into(), choice: "c".into(), why, ..Verdict::default() });
            let clock = SimDuration::from_millis(at);
            let taken = Taken { at: SimTime::from_days(at), clock, saw: sha256(b""), input };
            writer.append(&Entry::Taken(taken)).unwrap();
        }
        let measures = BTreeMap::from([("a".to_owned(), Some(0.1)), ("b".to_owned(), None)]);
        writer.append(&Entry::End(End { saw: sha256(b"z"), measures })).unwrap();
        writer.into_sink()
    }

    #[test]
    fn what_was_written_is_read() {
        let bytes = sample();
        let log = Log::read(&bytes).unwrap();
        assert_eq!((log.header.seed, log.taken.len(), log.bytes), (u64::MAX, 3, bytes.len()));
        assert_eq!(log.end.unwrap().measures["a"], Some(0.1));
        assert_eq!(log.torn, None);
    }

    #[test]
    fn any_changed_byte_is_found_in_its_line() {
        let bytes = sample();
        let line_of = |at: usize| 1 + bytes[..at].iter().filter(|b| **b == b'\n').count();
        for at in 0..bytes.len() {
            for with in [bytes[at] ^ 1, bytes[at] ^ 0x20, b'\n', b'0', 0xff] {
                if with == bytes[at] {
                    continue;
                }
                let mut changed = bytes.clone();
                changed[at] = with;
                let fault = Log::read(&changed).expect_err("a changed byte goes unnoticed");
                assert_eq!(fault.line, line_of(at), "byte {at}: {fault}");
            }
        }
    }

    #[test]
    fn a_line_that_is_taken_out_or_doubled_breaks_the_chain() {
        let bytes = sample();
        let lines: Vec<&[u8]> = bytes.split_inclusive(|b| *b == b'\n').collect();
        for out in 1..lines.len() - 1 {
            let mut fewer = lines.clone();
            fewer.remove(out);
            assert_eq!(Log::read(&fewer.concat()).unwrap_err().damage, Damage::Chain);
            let mut more = lines.clone();
            more.insert(out, lines[out]);
            assert_eq!(Log::read(&more.concat()).unwrap_err().damage, Damage::Chain);
        }
    }

    #[test]
    fn a_torn_last_line_is_left_out_wherever_it_tears() {
        let bytes = sample();
        let ends: Vec<usize> = (0..bytes.len()).filter(|i| bytes[*i] == b'\n').map(|i| i + 1).collect();
        for cut in ends[0]..bytes.len() {
            let kept = ends.iter().rposition(|end| *end <= cut).unwrap();
            let log = Log::read(&bytes[..cut]).unwrap();
            assert_eq!(log.bytes, ends[kept]);
            let torn = (cut > ends[kept]).then(|| Torn { line: kept + 2, bytes: cut - ends[kept] });
            assert_eq!(log.torn, torn, "cut at {cut}");
        }
        for cut in 0..ends[0] {
            assert_eq!(Log::read(&bytes[..cut]).unwrap_err().damage, Damage::NoHeader);
        }
    }
}
