//! A folder to run the program in, with a small scenario and a study of it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::rig::text_of;

/// A folder with lakeside cut to sixty days, and a study of it.
pub(crate) struct Place(pub(crate) tempfile::TempDir);

impl Place {
    pub(crate) fn new(study: &str) -> Place {
        let folder = tempfile::tempdir().unwrap();
        let text = text_of("lakeside/lakeside").replace("horizon: Days(365)", "horizon: Days(60)");
        fs::write(folder.path().join("small.scenario.ron"), text).unwrap();
        fs::write(folder.path().join("small.study.ron"), study).unwrap();
        Place(folder)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_airside"));
        command.args(args).current_dir(self.0.path());
        command
    }

    pub(crate) fn airside(&self, args: &[&str]) -> (i32, String, String) {
        let done = self.command(args).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
    }

    #[track_caller]
    pub(crate) fn fine(&self, args: &[&str]) -> String {
        let (code, said, wrong) = self.airside(args);
        assert_eq!(code, 0, "{said}{wrong}");
        said
    }
}
