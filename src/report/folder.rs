//! An output folder: its files are written whole or not at all.

use std::io::Write;
use std::path::{Path, PathBuf};

/// A folder to write results into.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    replaced: bool,
}

/// Why results could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}: {cause}; the file that was there before is untouched", path.display())]
pub(crate) struct WriteError {
    path: PathBuf,
    cause: std::io::Error,
}

impl Folder {
    /// Tries that the folder can be made and written to, before a long run starts. One that was not there comes with its
    /// first file: a run that is interrupted leaves nothing.
    pub(crate) fn open(path: &Path) -> Result<Self, WriteError> {
        let failed = |cause| WriteError { path: path.to_owned(), cause };
        let replaced = path.join("manifest.json").exists();
        let created = !path.exists();
        std::fs::create_dir_all(path).map_err(failed)?;
        drop(tempfile::NamedTempFile::new_in(path).map_err(failed)?);
        if created {
            // If somebody has put something there meanwhile, it stays.
            let _ = std::fs::remove_dir(path);
        }
        Ok(Folder { path: path.to_owned(), replaced })
    }

    /// Whether an earlier run's files are replaced.
    pub(crate) fn replaces(&self) -> bool {
        self.replaced
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a file under a temporary name and renames it.
    pub(crate) fn write(&self, name: &str, content: &[u8]) -> Result<(), WriteError> {
        let target = self.path.join(name);
        let failed = |cause| WriteError { path: target.clone(), cause };
        let parent = target.parent().unwrap_or(&self.path);
        std::fs::create_dir_all(parent).map_err(failed)?;
        let mut file = tempfile::Builder::new().prefix(".writing-").tempfile_in(parent).map_err(failed)?;
        file.write_all(content).map_err(failed)?;
        // A temporary file is private; results are for whoever may read the folder.
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644)).map_err(failed)?;
        }
        file.persist(&target).map_err(|e| WriteError { path: target.clone(), cause: e.error })?;
        Ok(())
    }

    /// Removes a file of an earlier run that this one has no use for.
    pub(crate) fn leave_out(&self, name: &str) -> Result<(), WriteError> {
        let path = self.path.join(name);
        match std::fs::remove_file(&path) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(WriteError { path, cause }),
            _ => Ok(()),
        }
    }

    /// Removes the charts of an earlier run that this one did not write.
    pub(crate) fn keep_only(&self, folder: &str, names: &[String]) -> Result<(), WriteError> {
        let dir = self.path.join(folder);
        let failed = |cause| WriteError { path: dir.clone(), cause };
        let Ok(entries) = std::fs::read_dir(&dir) else { return Ok(()) };
        for entry in entries {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let ours = name.ends_with(".svg") || name.ends_with(".png");
            if ours && !names.contains(&name) {
                std::fs::remove_file(entry.path()).map_err(failed)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_stale_charts_go() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::open(&dir.path().join("a/b")).unwrap();
        assert!(!folder.replaces());
        folder.write("charts/old.svg", b"1").unwrap();
        folder.write("charts/new.svg", b"2").unwrap();
        folder.write("charts/new.svg", b"3").unwrap();
        folder.keep_only("charts", &["new.svg".to_owned()]).unwrap();
        let names: Vec<_> =
            std::fs::read_dir(dir.path().join("a/b/charts")).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(names, ["new.svg"]);
        assert_eq!(std::fs::read(dir.path().join("a/b/charts/new.svg")).unwrap(), b"3");
    }

    #[test]
    fn a_run_that_writes_nothing_leaves_no_folder() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        let folder = Folder::open(&path).unwrap();
        assert!(!path.exists());
        folder.write("file", b"1").unwrap();
        assert!(path.join("file").exists());
        Folder::open(dir.path()).unwrap();
        assert!(dir.path().exists());
    }

    #[test]
    fn a_folder_that_cannot_be_is_refused_by_name() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        std::fs::write(&file, b"").unwrap();
        let message = Folder::open(&file.join("x")).unwrap_err().to_string();
        assert!(message.contains("cannot write") && message.contains("file/x"), "{message}");
    }
}
