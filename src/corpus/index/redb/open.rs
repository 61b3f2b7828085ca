//! Creating and opening the file, and refusing what does not fit.

use std::path::{Path, PathBuf};

use redb::{Builder, ConcurrencyMode, DatabaseError, ReadableDatabase, StorageError, TableError};
use serde::{Deserialize, Serialize};

use super::super::super::fingerprint::{FINGERPRINT_VERSION, KEY_BITS, LEVELS, SHINGLE_WORDS};
use super::super::IndexError;
use super::caught::caught;
use super::segment::BLOCKS;
use super::write::begin;
use super::{Fault, HEAD, IDS, RECORDS, REMOVED, Redb, STATE, State, Store, block, decode, encode, told};

/// Name of the file in the index folder.
const FILE: &str = "index.redb";

/// Version of the tables and their values. 2: blocks stand under their last key, and records hold what is
/// said of the figures.
const FORMAT: u32 = 2;

/// Oldest format that this version reads.
const OLDEST_FORMAT: u32 = 2;

/// Key of the [`Header`].
const HEADER: &str = "header";

/// First bytes of a header's value.
const MAGIC: [u8; 8] = *b"byline\0i";

/// Memory for pages that were read or wait to be written, in bytes: small beside what a document pipeline needs, and enough to
/// hold the upper levels of the trees of a million documents.
const CACHE_BYTES: usize = 64 << 20;

/// What a file must agree on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Header {
    format: u32,
    oldest_reader: u32,
    fingerprint: u32,
    shingle_words: u32,
    key_bits: u32,
    levels: u32,
}

impl Header {
    fn own() -> Self {
        Self {
            format: FORMAT,
            oldest_reader: FORMAT,
            fingerprint: FINGERPRINT_VERSION,
            shingle_words: SHINGLE_WORDS as u32,
            key_bits: KEY_BITS,
            levels: LEVELS as u32,
        }
    }

    /// Why it cannot be used here.
    fn misfit(&self) -> Option<String> {
        let own = Self::own();
        if self.format < OLDEST_FORMAT || self.oldest_reader > FORMAT {
            return Some(format!(
                "this index has format {}, and this version of byline reads formats {OLDEST_FORMAT} to {FORMAT}; build it anew",
                self.format
            ));
        }
        let parameters = |header: &Self| {
            (
                header.fingerprint,
                header.shingle_words,
                header.key_bits,
                header.levels,
            )
        };
        (parameters(self) != parameters(&own)).then(|| {
            format!(
                "this index holds fingerprints of version {} (runs of {} words, {} bits, {} levels), and this version of byline \
                 makes version {} ({}, {}, {}); build it anew",
                self.fingerprint,
                self.shingle_words,
                self.key_bits,
                self.levels,
                own.fingerprint,
                own.shingle_words,
                own.key_bits,
                own.levels
            )
        })
    }
}

impl Redb {
    /// Opens the index in a folder for adding and removing; makes folder and index if there are none.
    ///
    /// # Errors
    /// When the folder holds other things, the file is foreign, damaged or of another version, or another process writes to it.
    pub fn create(folder: &Path) -> Result<Self, IndexError> {
        let path = folder.join(FILE);
        if !path.exists() {
            prepare(folder)?;
        }
        Self::open_file(path)
    }

    /// Opens the index in a folder for adding and removing.
    ///
    /// # Errors
    /// As [`Redb::create`], and when there is none.
    pub fn open(folder: &Path) -> Result<Self, IndexError> {
        let path = existing(folder)?;
        Self::open_file(path)
    }

    /// Opens the index in a folder for asking: possible while another process writes to it.
    ///
    /// # Errors
    /// As [`Redb::open`].
    pub fn read(folder: &Path) -> Result<Self, IndexError> {
        let path = existing(folder)?;
        let open = || {
            attempt(|| {
                Builder::new()
                    .set_cache_size(CACHE_BYTES)
                    .set_concurrency_mode(ConcurrencyMode::SingleWriter)
                    .open_read_only(&path)
            })
        };
        let store = match open() {
            // A killed writer left it; opening for writing puts it right.
            Err(Refusal::Repair) => {
                drop(Self::open_file(path.clone())?);
                open()
            }
            other => other,
        };
        let store = store.map_err(|refusal| refusal.told(&path))?;
        let index = Self {
            path,
            store: Store::Reading(store),
        };
        index.check_header()?;
        Ok(index)
    }

    fn open_file(path: PathBuf) -> Result<Self, IndexError> {
        let database = attempt(|| {
            Builder::new()
                .set_cache_size(CACHE_BYTES)
                .set_concurrency_mode(ConcurrencyMode::SingleWriter)
                .create(&path)
        })
        .map_err(|refusal| refusal.told(&path))?;
        let index = Self {
            path,
            store: Store::Writing(database),
        };
        let fresh = index.guard(|| match &index.store {
            Store::Writing(database) => Ok(database.begin_read()?.list_tables()?.next().is_none()),
            Store::Reading(_) => Ok(false),
        })?;
        if fresh {
            index.initialise()?;
        }
        index.check_header()?;
        Ok(index)
    }

    fn initialise(&self) -> Result<(), IndexError> {
        let database = self.writable()?;
        self.guard(|| {
            let transaction = begin(database)?;
            {
                let mut head = transaction.open_table(HEAD)?;
                let mut header = MAGIC.to_vec();
                header.extend(encode(&Header::own())?);
                head.insert(HEADER, header.as_slice())?;
                head.insert(STATE, encode(&State::default())?.as_slice())?;
                transaction.open_table(RECORDS)?;
                transaction.open_table(IDS)?;
                transaction.open_table(REMOVED)?;
                transaction.open_table(BLOCKS)?;
            }
            transaction.commit()?;
            Ok(())
        })
    }

    fn check_header(&self) -> Result<(), IndexError> {
        let path = || self.path.display().to_string();
        let foreign = |what: &str| IndexError::Foreign {
            path: path(),
            what: what.to_owned(),
        };
        let header = self.guard(|| {
            let reading = match &self.store {
                Store::Writing(database) => database.begin_read()?,
                Store::Reading(database) => database.begin_read()?,
            };
            let head = match reading.open_table(HEAD) {
                Ok(head) => head,
                Err(TableError::Storage(error)) => return Err(error.into()),
                Err(_) => return Ok(None),
            };
            Ok(head.get(HEADER)?.map(|value| value.value().to_vec()))
        })?;
        let header = header.ok_or_else(|| foreign("it is a database of some other program"))?;
        let sealed = header
            .strip_prefix(&MAGIC)
            .ok_or_else(|| foreign("its header is not byline's"))?;
        // The fields may change with the format, and the format is the first.
        let (format, _) = block::unseal(sealed)
            .ok_or_else(|| IndexError::Damaged {
                path: path(),
                what: "the checksum of the header does not fit".to_owned(),
            })
            .map(|value| postcard::take_from_bytes::<u32>(value).unwrap_or((0, &[])))?;
        let header: Header = match decode(sealed, || "the header".to_owned()) {
            Ok(header) => header,
            Err(_) if format > FORMAT => Header {
                format,
                oldest_reader: format,
                ..Header::own()
            },
            Err(fault) => return Err(told(&path(), fault)),
        };
        match header.misfit() {
            Some(what) => Err(IndexError::Version { path: path(), what }),
            None => Ok(()),
        }
    }

    /// Size of the file in bytes; 0 if it cannot be told.
    pub(super) fn file_bytes(&self) -> u64 {
        std::fs::metadata(&self.path).map_or(0, |meta| meta.len())
    }

    /// Merges all lists into one part, which makes questions as fast as they can be, clears removed documents away, and gives space
    /// that is not in use back to the file system. Rewrites the file.
    ///
    /// # Errors
    /// When the store fails, or the index was opened for reading.
    pub fn compact(&mut self) -> Result<(), IndexError> {
        let database = self.writable()?;
        self.guard(|| self.merge_all(database))?;
        let path = self.path.display().to_string();
        if let Store::Writing(database) = &mut self.store {
            match caught(|| database.compact()) {
                Some(result) => result.map_err(|error| told(&path, error.into()))?,
                None => return Err(told(&path, Fault::senseless())),
            };
        }
        Ok(())
    }

    /// Checks and, if need be, repairs the pages of the file: whether they were whole.
    pub(super) fn check_pages(&mut self) -> Result<bool, Fault> {
        match &mut self.store {
            Store::Writing(database) => match caught(|| database.check_integrity()) {
                Some(result) => Ok(result?),
                None => Err(Fault::senseless()),
            },
            Store::Reading(_) => Ok(true),
        }
    }
}

/// Makes the folder; refuses one that holds something else.
fn prepare(folder: &Path) -> Result<(), IndexError> {
    let path = folder.display().to_string();
    let failed = |error: std::io::Error| IndexError::Store {
        path: path.clone(),
        what: format!("cannot make an index here: {error}"),
    };
    if folder.exists() {
        if !folder.is_dir() {
            return Err(IndexError::Foreign {
                path,
                what: "it is a file, and an index is a folder".to_owned(),
            });
        }
        if std::fs::read_dir(folder).map_err(failed)?.next().is_some() {
            return Err(IndexError::Foreign {
                path,
                what: format!("the folder holds other files and no {FILE}; name a new or an empty one"),
            });
        }
    }
    std::fs::create_dir_all(folder).map_err(failed)
}

fn existing(folder: &Path) -> Result<PathBuf, IndexError> {
    let path = folder.join(FILE);
    // redb would make a new index of an empty file.
    if path
        .metadata()
        .is_ok_and(|file| file.is_file() && file.len() == 0)
    {
        Err(IndexError::Damaged {
            path: path.display().to_string(),
            what: "the file is empty".to_owned(),
        })
    } else if path.is_file() {
        Ok(path)
    } else {
        Err(IndexError::Missing {
            path: folder.display().to_string(),
        })
    }
}

/// Why redb does not open a file.
enum Refusal {
    Repair,
    Panicked,
    Said(DatabaseError),
}

impl Refusal {
    fn told(self, path: &Path) -> IndexError {
        let path = path.display().to_string();
        match self {
            Self::Repair => IndexError::Damaged {
                path,
                what: "it cannot be repaired".to_owned(),
            },
            Self::Panicked => IndexError::Damaged {
                path,
                what: "a page of the file makes no sense".to_owned(),
            },
            Self::Said(DatabaseError::DatabaseAlreadyOpen | DatabaseError::LockProtocolMismatch) => {
                IndexError::Locked { path }
            }
            Self::Said(DatabaseError::UpgradeRequired(version)) => IndexError::Version {
                path,
                what: format!("the file has the format {version} of an older redb; build it anew"),
            },
            Self::Said(DatabaseError::Storage(StorageError::Io(error)))
                if error.kind() == std::io::ErrorKind::InvalidData =>
            {
                IndexError::Foreign {
                    path,
                    what: error.to_string(),
                }
            }
            Self::Said(error) => told(&path, error.into()),
        }
    }
}

fn attempt<T>(open: impl FnOnce() -> Result<T, DatabaseError>) -> Result<T, Refusal> {
    match caught(open) {
        Some(Ok(database)) => Ok(database),
        Some(Err(DatabaseError::RepairAborted)) => Err(Refusal::Repair),
        Some(Err(error)) => Err(Refusal::Said(error)),
        None => Err(Refusal::Panicked),
    }
}
