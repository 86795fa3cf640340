//! Files that a document names: where they may lie, and how they are read.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::PathBuf;

use super::clip;

/// Reads files named relative to a document. The loader checks names with [`Files::open`] before anything is read.
pub trait Files {
    /// The bytes of a file whose name is allowed; at most `most` of them.
    fn read(&self, name: &str, most: usize) -> Result<Vec<u8>, FileError>;

    /// The bytes of a file, if its name is allowed: parts joined by `/`, none of them hidden, the first one perhaps
    /// `..`. A document reaches into its own folder and those beside it, and no further.
    fn open(&self, name: &str, most: usize) -> Result<Vec<u8>, FileError> {
        if is_allowed(name) { self.read(name, most) } else { Err(FileError::NotAllowed) }
    }
}

/// Why a file that a document names cannot be used. Nothing was read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Its name leads too far away.
    #[error("documents reach files in their own folder and in those beside it, by relative names with `/`")]
    NotAllowed,
    /// There is no such file.
    #[error("there is no such file")]
    NotFound,
    /// It is larger than what is read.
    #[error("it has more than {0} bytes")]
    TooLarge(usize),
    /// The system refuses, in its own words.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
}

/// The folder that a document lies in. Links are followed: whoever can place one there can place a file there.
#[derive(Clone, Debug)]
pub struct Folder(pub PathBuf);

impl Files for Folder {
    fn read(&self, name: &str, most: usize) -> Result<Vec<u8>, FileError> {
        let path = self.0.join(name);
        let told = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::NotFound => FileError::NotFound,
            _ => FileError::Unreadable(error.to_string()),
        };
        // Opening a pipe that nobody writes to would wait for ever.
        if !std::fs::metadata(&path).map_err(told)?.is_file() {
            return Err(FileError::Unreadable("it is not an ordinary file".to_owned()));
        }
        let file = std::fs::File::open(path).map_err(told)?;
        // One byte more than allowed tells a large file from one that fits.
        let mut bytes = Vec::new();
        let read = file.take(most as u64 + 1).read_to_end(&mut bytes);
        read.map_err(|error| FileError::Unreadable(error.to_string()))?;
        if bytes.len() > most { Err(FileError::TooLarge(most)) } else { Ok(bytes) }
    }
}

/// The files that a named document names: their names are relative to that document's own folder.
#[derive(Clone, Copy)]
pub(super) struct Beside<'f> {
    files: &'f dyn Files,
    /// The folder's name, with `/` at the end unless it is empty.
    folder: &'f str,
}

impl<'f> Beside<'f> {
    /// Files beside the document of that name.
    pub(super) fn new(files: &'f dyn Files, document: &'f str) -> Self {
        Beside { files, folder: &document[..document.rfind('/').map_or(0, |slash| slash + 1)] }
    }
}

impl Files for Beside<'_> {
    fn read(&self, name: &str, most: usize) -> Result<Vec<u8>, FileError> {
        let (folder, name) = match (name.strip_prefix("../"), self.folder.strip_suffix('/')) {
            (Some(rest), Some(own)) if own != ".." => (&own[..own.rfind('/').map_or(0, |slash| slash + 1)], rest),
            _ => (self.folder, name),
        };
        self.files.open(&format!("{folder}{name}"), most)
    }
}

/// No files at all: for documents that stand on their own.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &str, _: usize) -> Result<Vec<u8>, FileError> {
        Err(FileError::NotFound)
    }
}

/// Files in memory, by name.
impl Files for BTreeMap<String, Vec<u8>> {
    fn read(&self, name: &str, most: usize) -> Result<Vec<u8>, FileError> {
        let bytes = self.get(name).ok_or(FileError::NotFound)?;
        if bytes.len() > most { Err(FileError::TooLarge(most)) } else { Ok(bytes.clone()) }
    }
}

fn is_allowed(name: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '\0']) && clip(part, 255) == part
    };
    let rest = name.strip_prefix("../").unwrap_or(name);
    rest.split('/').all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_near_the_document() {
        for name in ["a.csv", "data/a.csv", "../shared/a.ron"] {
            assert!(is_allowed(name), "{name}");
        }
        for name in
            ["", "/etc/a", "../../a", "a/../b", "..", "./a", "a//b", "C:\\a", "c:a", "a\\b", ".hidden", "a/.b", "a\n"]
        {
            assert!(!is_allowed(name), "{name}");
            let files = BTreeMap::from([(name.to_owned(), vec![])]);
            assert_eq!(files.open(name, 9), Err(FileError::NotAllowed));
        }
    }

    #[test]
    fn a_named_document_names_files_from_its_own_folder() {
        let have = |names: &[&str]| -> BTreeMap<String, Vec<u8>> {
            names.iter().map(|name| ((*name).to_owned(), name.as_bytes().to_vec())).collect()
        };
        let files = have(&["a.csv", "in/a.csv", "../a.csv", "../by/a.csv", "../by/in/a.csv"]);
        for (document, name, found) in [
            ("x.ron", "a.csv", "a.csv"),
            ("x.ron", "../a.csv", "../a.csv"),
            ("in/x.ron", "a.csv", "in/a.csv"),
            ("in/x.ron", "../a.csv", "a.csv"),
            ("../by/x.ron", "a.csv", "../by/a.csv"),
            ("../by/x.ron", "in/a.csv", "../by/in/a.csv"),
            ("../by/x.ron", "../a.csv", "../a.csv"),
        ] {
            let read = Beside::new(&files, document).open(name, 99);
            assert_eq!(read, Ok(found.as_bytes().to_vec()), "{name} beside {document}");
        }
        assert_eq!(Beside::new(&files, "../x.ron").open("../a.csv", 9), Err(FileError::NotAllowed));
    }

    #[test]
    fn a_folder_reads_no_more_than_it_is_allowed() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.csv"), b"12345").unwrap();
        let files = Folder(folder.path().to_owned());
        assert_eq!(files.open("a.csv", 5), Ok(b"12345".to_vec()));
        assert_eq!(files.open("a.csv", 4), Err(FileError::TooLarge(4)));
        assert_eq!(files.open("b.csv", 4), Err(FileError::NotFound));
        std::fs::create_dir(folder.path().join("c.csv")).unwrap();
        assert!(matches!(files.open("c.csv", 4), Err(FileError::Unreadable(_))));
    }
}
