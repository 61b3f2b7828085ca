//! What the arguments name: standard input, files, folders walked lazily in sorted order.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::Failure;
use super::common::stdin_is_terminal;
use crate::read::READERS;

/// Size of the read buffer of an input, in bytes: large enough that system calls do not count.
const READ_BUFFER_BYTES: usize = 256 << 10;

/// The argument that means standard input.
pub const STDIN: &str = "-";

/// One input to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
    /// A folder or entry that could not be looked into.
    Unreadable(PathBuf, String),
}

impl Input {
    /// The name in ids and errors.
    pub fn name(&self) -> String {
        match self {
            Self::Stdin => STDIN.to_owned(),
            Self::File(path) | Self::Unreadable(path, _) => path.display().to_string(),
        }
    }
}

/// What was counted on the way, shared between the reading thread and the others.
#[derive(Debug, Default)]
pub struct Counts {
    /// Bytes read so far.
    pub bytes: AtomicU64,
    /// Files in folders passed over because no reader knows their ending.
    pub skipped: AtomicU64,
}

/// The inputs that the arguments name: as given, or standard input if none is and somebody pipes.
pub fn named(arguments: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    if !arguments.is_empty() {
        return Ok(arguments.to_vec());
    }
    if stdin_is_terminal() {
        return Err(Failure::Said(
            "no input: name a FILE or a folder, or pipe a text into standard input (see --help)".to_owned(),
        ));
    }
    Ok(vec![PathBuf::from(STDIN)])
}

/// Walks the named inputs, folders in sorted order; holds one folder's names a level, never all.
#[derive(Debug)]
pub struct Walk {
    /// What is still to come, last first.
    pending: Vec<Pending>,
    /// Never entered: the file that the output goes to.
    output: Option<PathBuf>,
    counts: Arc<Counts>,
}

#[derive(Debug)]
enum Pending {
    Named(PathBuf),
    Found(PathBuf),
}

impl Walk {
    /// A walk over the named inputs. `output` (canonical) is left out of folders.
    pub fn new(named: Vec<PathBuf>, output: Option<PathBuf>, counts: Arc<Counts>) -> Self {
        Self {
            pending: named.into_iter().rev().map(Pending::Named).collect(),
            output,
            counts,
        }
    }

    /// Puts a folder's entries on the stack, or gives the error.
    fn enter(&mut self, folder: PathBuf) -> Option<Input> {
        let entries = std::fs::read_dir(&folder).and_then(Iterator::collect::<std::io::Result<Vec<_>>>);
        match entries {
            Ok(entries) => {
                let mut paths: Vec<PathBuf> = entries.iter().map(std::fs::DirEntry::path).collect();
                paths.sort();
                self.pending.extend(paths.into_iter().rev().map(Pending::Found));
                None
            }
            Err(error) => Some(Input::Unreadable(
                folder,
                format!("cannot read the folder: {error}"),
            )),
        }
    }

    /// A folder's entry: hidden ones are passed over silently, links too (they may lead round in
    /// circles), files without a reader are counted.
    fn entry(&mut self, path: PathBuf) -> Option<Input> {
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            return None;
        }
        match std::fs::symlink_metadata(&path) {
            Err(error) => Some(Input::Unreadable(path, format!("cannot look at it: {error}"))),
            Ok(meta) if meta.is_dir() => self.enter(path),
            Ok(meta) if meta.is_file() && has_reader(&path) => {
                let is_output = self.output.is_some() && path.canonicalize().ok() == self.output;
                (!is_output).then_some(Input::File(path))
            }
            Ok(_) => {
                self.counts.skipped.fetch_add(1, Ordering::Relaxed);
                None
            }
        }
    }
}

impl Iterator for Walk {
    type Item = Input;

    fn next(&mut self) -> Option<Input> {
        while let Some(next) = self.pending.pop() {
            let input = match next {
                Pending::Named(path) if path.as_os_str() == STDIN => Some(Input::Stdin),
                Pending::Named(path) if path.is_dir() => self.enter(path),
                Pending::Named(path) => Some(Input::File(path)),
                Pending::Found(path) => self.entry(path),
            };
            if input.is_some() {
                return input;
            }
        }
        None
    }
}

/// Whether a reader lists the file name's ending.
pub fn has_reader(path: &Path) -> bool {
    let ending = path
        .extension()
        .map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| {
        READERS
            .iter()
            .any(|reader| reader.extensions.contains(&ending.as_str()))
    })
}

/// Opens an input for buffered reading; what is read is counted.
pub fn open(input: &Input, counts: &Arc<Counts>) -> Result<BufReader<Counting>, String> {
    let inner: Box<dyn Read> = match input {
        Input::Stdin => Box::new(std::io::stdin()),
        Input::File(path) => Box::new(File::open(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => "no such file or folder".to_owned(),
            _ => format!("cannot open it: {error}"),
        })?),
        Input::Unreadable(_, why) => return Err(why.clone()),
    };
    let counting = Counting {
        inner,
        counts: Arc::clone(counts),
    };
    Ok(BufReader::with_capacity(READ_BUFFER_BYTES, counting))
}

/// A stream that counts its bytes for the progress bar.
pub struct Counting {
    inner: Box<dyn Read>,
    counts: Arc<Counts>,
}

impl Read for Counting {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.counts.bytes.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// Total size in bytes of the named inputs, if all are plain files: what the progress bar counts to.
pub fn total_bytes(named: &[PathBuf]) -> Option<u64> {
    named
        .iter()
        .map(|path| {
            std::fs::metadata(path)
                .ok()
                .filter(std::fs::Metadata::is_file)
                .map(|m| m.len())
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(folder: &Path) -> (Vec<String>, u64) {
        let counts = Arc::new(Counts::default());
        let names = Walk::new(vec![folder.to_path_buf()], None, Arc::clone(&counts))
            .map(|input| {
                let name = input.name();
                name.strip_prefix(&folder.display().to_string())
                    .unwrap_or(&name)
                    .to_owned()
            })
            .collect();
        (names, counts.skipped.load(Ordering::Relaxed))
    }

    #[test]
    fn folders_are_walked_in_order_without_hidden_linked_and_unknown_files() {
        let root = std::env::temp_dir().join(format!("byline-walk-{}", std::process::id()));
        for name in [
            "b.txt",
            "a/z.txt",
            "a/b.TXT",
            ".git/x.txt",
            "a/.h.txt",
            "pic.xyz",
            "noending",
        ] {
            let path = root.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(&root, root.join("a/loop")).unwrap();
        let (names, skipped) = walk(&root);
        let output = root.join("b.txt").canonicalize().unwrap();
        let without = Walk::new(vec![root.clone()], Some(output), Arc::default()).count();
        std::fs::remove_dir_all(&root).unwrap();
        assert_eq!(names, ["/a/b.TXT", "/a/z.txt", "/b.txt"]);
        assert_eq!(skipped, if cfg!(unix) { 3 } else { 2 });
        assert_eq!(without, 2, "the output file is not read");
    }

    #[test]
    fn a_missing_folder_is_an_input_that_cannot_be_opened() {
        let missing = PathBuf::from("no-such-thing-here.txt");
        let inputs: Vec<Input> = Walk::new(vec![missing.clone()], None, Arc::default()).collect();
        assert_eq!(inputs, [Input::File(missing)]);
        let error = open(&inputs[0], &Arc::default()).map(|_| ()).unwrap_err();
        assert_eq!(error, "no such file or folder");
    }
}
