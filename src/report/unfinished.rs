//! Runs of a comparison that is not finished, on disk as they are done: one that was stopped goes on from them.

use std::fs::File;
use std::io::{Read, Write};

use sha2::{Digest, Sha256};

use crate::experiment::{Enough, Keeper, Table};
use crate::measure::Outcome;
use crate::report::Folder;

/// A file of finished runs. Each block of runs is followed by a digest of itself and of all before it, so that a torn or
/// changed tail is seen and dropped.
#[derive(Debug)]
pub(crate) struct Unfinished {
    file: File,
    /// Digest up to the last block.
    chain: Vec<u8>,
    rows: Vec<Outcome>,
    enough: Enough,
}

/// Bytes of a run, and of a digest.
const ROW: usize = 8 * Outcome::WORDS;
const MARK: usize = 32;
/// Runs in one block, at most: what claims to be longer is no block.
const MOST_ROWS: u32 = 100_000_000;

impl Unfinished {
    /// A file for the `nth` table of a comparison; `of` names what it is a table of: documents, design, version. With
    /// `resume`, what an earlier one of the same has finished is taken over.
    pub(crate) fn open(folder: &Folder, nth: usize, of: &str, resume: bool, enough: Enough) -> std::io::Result<Self> {
        std::fs::create_dir_all(folder.path())?;
        let path = folder.path().join(name(nth));
        let head = Sha256::digest(of.as_bytes()).to_vec();
        let mut bytes = Vec::new();
        if resume && let Ok(mut old) = File::open(&path) {
            old.read_to_end(&mut bytes)?;
        }
        let (rows, chain, whole) = read(&bytes, &head);
        // What is whole is written anew, so that a torn tail is gone before anything is added.
        let mut file = File::create(&path)?;
        if whole == 0 {
            file.write_all(&head)?;
        } else {
            file.write_all(&bytes[..whole])?;
        }
        file.sync_data()?;
        Ok(Unfinished { file, chain, rows, enough })
    }

    /// Whether a folder holds such a file.
    pub(crate) fn any(folder: &Folder) -> bool {
        folder.path().join(name(0)).exists()
    }

    /// Runs that were taken over.
    pub(crate) fn taken(&self) -> usize {
        self.rows.len()
    }

    /// When and why it ended.
    pub(crate) fn enough(&self) -> &Enough {
        &self.enough
    }

    /// The results are written; no such file in a folder is needed any more, whoever began it.
    pub(crate) fn remove_all(folder: &Folder) -> std::io::Result<()> {
        for entry in std::fs::read_dir(folder.path())? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with("unfinished-") && name.ends_with(".rows") {
                std::fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

fn name(nth: usize) -> String {
    format!("unfinished-{nth}.rows")
}

impl Keeper for Unfinished {
    fn kept(&mut self) -> Vec<Outcome> {
        self.rows.clone()
    }

    fn keep(&mut self, rows: &[Outcome]) -> std::io::Result<()> {
        let mut block = Vec::with_capacity(4 + rows.len() * ROW + MARK);
        block.extend((rows.len() as u32).to_le_bytes());
        rows.iter().flat_map(Outcome::to_words).for_each(|word| block.extend(word.to_le_bytes()));
        self.chain = chained(&self.chain, &block);
        block.extend(&self.chain);
        self.file.write_all(&block)?;
        self.file.sync_data()
    }

    fn look(&mut self, table: &Table) -> Option<u32> {
        self.enough.look(table)
    }
}

fn chained(before: &[u8], block: &[u8]) -> Vec<u8> {
    Sha256::new().chain_update(before).chain_update(block).finalize().to_vec()
}

/// The runs of the blocks that are whole, the last digest, and where the first broken one begins. Nothing of another
/// comparison's file.
fn read(bytes: &[u8], head: &[u8]) -> (Vec<Outcome>, Vec<u8>, usize) {
    let mut rows = Vec::new();
    let mut chain = head.to_vec();
    if bytes.get(..head.len()) != Some(head) {
        return (rows, chain, 0);
    }
    let mut at = head.len();
    while let Some(count) = bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes) {
        let end = at + 4 + count.min(MOST_ROWS) as usize * ROW;
        let (Some(block), Some(mark)) = (bytes.get(at..end), bytes.get(end..end + MARK)) else { break };
        let next = chained(&chain, block);
        if next != mark {
            break;
        }
        rows.extend(block[4..].chunks_exact(ROW).map(row));
        (chain, at) = (next, end + MARK);
    }
    (rows, chain, at)
}

fn row(bytes: &[u8]) -> Outcome {
    let mut words = bytes.chunks_exact(8).map(|b| b.try_into().map_or(0, u64::from_le_bytes));
    Outcome::from_words(&std::array::from_fn(|_| words.next().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Measure;
    use crate::model::OptionId;

    fn outcome(n: u64) -> Outcome {
        Outcome::from_words(&std::array::from_fn(|i| if i >= Measure::COUNT { n + i as u64 } else { 0 }))
    }

    fn open(folder: &Folder, of: &str, resume: bool) -> Unfinished {
        Unfinished::open(folder, 0, of, resume, Enough::new(None, Measure::Harm, OptionId(0))).unwrap()
    }

    #[test]
    fn whole_blocks_come_back_and_a_torn_tail_does_not() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::open(dir.path()).unwrap();
        let mut file = open(&folder, "a", false);
        let rows: Vec<Outcome> = (0..5).map(outcome).collect();
        file.keep(&rows[..2]).unwrap();
        file.keep(&rows[2..]).unwrap();
        let path = dir.path().join(name(0));
        let whole = std::fs::read(&path).unwrap();
        assert_eq!(open(&folder, "a", true).kept(), rows);
        for (cut, left) in [(1, 2), (MARK + 1, 2), (whole.len() - 40, 0)] {
            std::fs::write(&path, &whole[..whole.len() - cut]).unwrap();
            let mut file = open(&folder, "a", true);
            assert_eq!(file.kept(), rows[..left], "{cut} bytes are missing");
            // What is added after a torn tail is read again.
            file.keep(&rows[left..]).unwrap();
            assert_eq!(open(&folder, "a", true).kept(), rows);
        }
        let mut changed = whole.clone();
        changed[MARK + 4 + 8 * Measure::COUNT] ^= 1;
        std::fs::write(&path, &changed).unwrap();
        assert_eq!(open(&folder, "a", true).taken(), 0);
    }

    #[test]
    fn another_comparison_takes_nothing_over_and_neither_does_a_new_start() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::open(dir.path()).unwrap();
        open(&folder, "a", false).keep(&[outcome(1)]).unwrap();
        assert!(Unfinished::any(&folder));
        assert_eq!(open(&folder, "b", true).taken(), 0);
        open(&folder, "b", false).keep(&[outcome(1)]).unwrap();
        assert_eq!(open(&folder, "b", false).taken(), 0);
        Unfinished::remove_all(&folder).unwrap();
        assert!(!Unfinished::any(&folder));
    }
}
