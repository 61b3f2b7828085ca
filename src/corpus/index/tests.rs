//! What every index must do, on each of them.

use proptest::prelude::*;

use super::*;
use crate::corpus::Declaration;
use crate::corpus::near::tests::{Random, item};
use crate::figure::Kind;

/// Runs a test on an empty index of each kind.
fn on_each(test: impl Fn(&mut dyn Index)) {
    test(&mut Memory::new());
    #[cfg(feature = "store")]
    {
        let folder = Folder::new();
        test(&mut Redb::create(&folder.0).unwrap());
    }
}

/// A folder that goes away.
pub(super) struct Folder(pub std::path::PathBuf);

impl Folder {
    pub(super) fn new() -> Self {
        static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let number = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let name = format!("byline-index-{}-{number}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn ids(index: &dyn Index) -> Vec<String> {
    let mut ids = Vec::new();
    index
        .each(&mut |record| {
            ids.push(record.id);
            true
        })
        .unwrap();
    ids
}

fn texts(count: usize) -> Vec<Item> {
    let mut random = Random(21);
    (0..count)
        .map(|n| item(&format!("d{n}"), &random.text(120 + n % 200)))
        .collect()
}

#[test]
fn what_was_added_is_there() {
    on_each(|index| {
        let items = texts(40);
        for batch in items.chunks(7) {
            let added = index.add(batch).unwrap();
            assert!(added.iter().all(|added| *added == Added::New));
        }
        assert_eq!(
            ids(index),
            items
                .iter()
                .map(|item| item.record.id.clone())
                .collect::<Vec<_>>()
        );
        assert_eq!(index.get("d5").unwrap().as_ref(), Some(&items[5].record));
        assert_eq!(index.get("nobody").unwrap(), None);
        let stats = index.stats().unwrap();
        assert_eq!(stats.documents, 40);
        assert_eq!(
            stats.words,
            items
                .iter()
                .map(|item| u64::from(item.record.size.words))
                .sum::<u64>()
        );
        assert!(stats.postings > 40 * 20 && stats.bytes > 0);
    });
}

#[test]
fn an_id_stands_for_one_document() {
    on_each(|index| {
        let mut random = Random(4);
        let (one, other) = (random.text(200), random.text(200));
        assert_eq!(index.add(&[item("a", &one)]).unwrap(), [Added::New]);
        assert_eq!(index.add(&[item("a", &one)]).unwrap(), [Added::Unchanged]);
        assert_eq!(
            index
                .add(&[item("a", &other), item("b", &one), item("b", &one)])
                .unwrap(),
            [Added::Replaced, Added::New, Added::Unchanged]
        );
        assert_eq!(index.stats().unwrap().documents, 2);
        let answer = index.ask(&item("new", &one)).unwrap();
        assert_eq!(answer.wording.len(), 1);
        assert_eq!(answer.wording[0].record.id, "b");
    });
}

#[test]
fn what_was_removed_is_gone() {
    on_each(|index| {
        let items = texts(30);
        index.add(&items).unwrap();
        let wanted = ["d3", "nobody", "d4"].map(str::to_owned);
        assert_eq!(index.remove(&wanted).unwrap(), [true, false, true]);
        assert_eq!(index.get("d3").unwrap(), None);
        let mut same = items[3].clone();
        same.record.id = "copy of d3".to_owned();
        assert!(index.ask(&same).unwrap().wording.is_empty());
        let most: Vec<String> = (5..28).map(|n| format!("d{n}")).collect();
        index.remove(&most).unwrap();
        assert_eq!(ids(index), ["d0", "d1", "d2", "d28", "d29"]);
        assert_eq!(index.add(&items[3..4]).unwrap(), [Added::New]);
        assert_eq!(index.ask(&same).unwrap().wording.len(), 1);
    });
}

#[test]
fn a_document_without_a_word_can_be_added_and_removed() {
    on_each(|index| {
        index.add(&texts(1)).unwrap();
        let empty = item("empty", &[]);
        assert_eq!(index.add(std::slice::from_ref(&empty)).unwrap(), [Added::New]);
        assert_eq!(index.ask(&empty).unwrap().wording, []);
        assert_eq!(index.remove(&["empty".to_owned()]).unwrap(), [true]);
        assert_eq!(ids(index), ["d0"]);
    });
}

#[test]
fn copies_and_parts_are_found_but_not_the_document_itself() {
    on_each(|index| {
        let mut random = Random(8);
        let text = random.text(300);
        index.add(&texts(50)).unwrap();
        index.add(&[item("whole", &text)]).unwrap();
        index
            .add(&[
                item("edited", &random.edit(&text, 10)),
                item("part", &text[50..110]),
            ])
            .unwrap();
        let answer = index.ask(&item("whole", &text)).unwrap();
        let found: Vec<(&str, bool)> = answer
            .wording
            .iter()
            .map(|near| (near.record.id.as_str(), near.near))
            .collect();
        assert_eq!(found, [("edited", true), ("part", true)]);
        assert!(answer.wording[1].overlap.containment()[1] > 0.99);
        let clusters = index.clusters().unwrap();
        assert_eq!(clusters.groups(), [vec![0, 1, 2]]);
        let ids: Vec<&str> = clusters.records.iter().map(|record| record.id.as_str()).collect();
        assert_eq!(ids, ["whole", "edited", "part"]);
    });
}

fn figure(low: f64) -> FigureKey {
    FigureKey::of(&crate::figure::Figure {
        kind: Kind::Money,
        low,
        high: low,
        unit: "USD".to_owned(),
        surface: String::new(),
        span: crate::Span::default(),
        precision: 3,
        margin: low / 2000.0,
        approximate: false,
        period: None,
        subject: None,
        entity: None,
        direction: None,
        paired_with: None,
        sentence: crate::Span::default(),
    })
}

#[test]
fn rare_figures_and_names_lead_to_their_documents() {
    on_each(|index| {
        let mut items = texts(60);
        let bio = NameKey::of(NameKind::Bio, "An invented agent writes about invented ferries").unwrap();
        for (item, n) in items.iter_mut().zip(0..) {
            item.record.figures = vec![figure(5.0e9)];
            if n % 20 == 0 {
                item.record.figures.push(figure(33.4e9));
                item.record.names.push(bio);
            }
        }
        items[20].record.declared = Some(Declaration {
            producer: Some("Invented Wire".to_owned()),
            by: vec!["x".to_owned()],
        });
        index.add(&items).unwrap();
        assert_eq!(index.stats().unwrap().declared, 1);
        let mut asked = item("new", &Random(99).text(100));
        asked.record.figures = vec![figure(5.0e9), figure(33.4e9)];
        asked.record.names.push(bio);
        let answer = index.ask(&asked).unwrap();
        let found: Vec<&str> = answer
            .figures
            .iter()
            .take(3)
            .map(|hit| hit.record.id.as_str())
            .collect();
        assert_eq!(found, ["d0", "d20", "d40"]);
        assert_eq!(answer.figures[0].shared, [(0, 60), (1, 3)]);
        assert!(answer.figures[0].weight > 2.9);
        assert_eq!(answer.names.len(), 1);
        assert_eq!(answer.names[0].carriers, 3);
        assert_eq!(
            answer.names[0]
                .records
                .iter()
                .filter(|record| record.declared.is_some())
                .count(),
            1
        );
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn all_kinds_of_index_say_the_same(
        seed in 1_u64..,
        steps in prop::collection::vec((0_usize..12, 0_usize..5, any::<bool>()), 1..20),
    ) {
        let mut random = Random(seed);
        let bases: Vec<Vec<u64>> = (0..4).map(|_| random.text(150)).collect();
        let mut memory = Memory::new();
        #[cfg(feature = "store")]
        let folder = Folder::new();
        #[cfg(feature = "store")]
        let mut disk = Redb::create(&folder.0).unwrap();
        for (id, base, add) in steps {
            let id = id.to_string();
            if add {
                let own = random.text(90);
                let words = bases.get(base).map_or(own, |base| random.edit(base, 8));
                let batch = [item(&id, &words)];
                let added = memory.add(&batch).unwrap();
                #[cfg(feature = "store")]
                prop_assert_eq!(&disk.add(&batch).unwrap(), &added);
                prop_assert_eq!(added.len(), 1);
            } else {
                let removed = memory.remove(std::slice::from_ref(&id)).unwrap();
                #[cfg(feature = "store")]
                prop_assert_eq!(&disk.remove(&[id]).unwrap(), &removed);
                prop_assert_eq!(removed.len(), 1);
            }
        }
        let asked = item("asked", &bases[0]);
        let answer = memory.ask(&asked).unwrap();
        let clusters = memory.clusters().unwrap();
        prop_assert!(answer.documents <= 12);
        prop_assert!(clusters.pairs.iter().all(|pair| pair.a < pair.b));
        #[cfg(feature = "store")]
        {
            prop_assert_eq!(disk.ask(&asked).unwrap(), answer);
            prop_assert_eq!(disk.clusters().unwrap(), clusters);
            prop_assert_eq!(ids(&disk), ids(&memory));
            let verified = disk.verify().unwrap();
            prop_assert_eq!((verified.problems, verified.documents), (0, memory.stats().unwrap().documents));
        }
    }
}

#[cfg(feature = "store")]
mod on_disk {
    use std::io::{Seek, Write};

    use super::*;

    fn filled() -> (Folder, Vec<Item>) {
        let folder = Folder::new();
        let items = texts(60);
        let mut index = Redb::create(&folder.0).unwrap();
        for batch in items.chunks(9) {
            index.add(batch).unwrap();
        }
        (folder, items)
    }

    #[test]
    fn an_index_is_there_again_after_it_was_closed() {
        let (folder, items) = filled();
        let index = Redb::read(&folder.0).unwrap();
        assert_eq!(ids(&index).len(), items.len());
        let mut asked = items[31].clone();
        asked.record.id = "asked".to_owned();
        assert_eq!(index.ask(&asked).unwrap().wording[0].record, items[31].record);
        let mut index = Redb::open(&folder.0).unwrap();
        let verified = index.verify().unwrap();
        assert_eq!(
            (verified.problems, verified.documents, verified.repaired),
            (0, 60, false)
        );
        index.compact().unwrap();
        assert_eq!(index.verify().unwrap().documents, 60);
    }

    #[test]
    fn readers_see_the_last_batch_while_one_writes_and_a_second_writer_is_refused() {
        let (folder, items) = filled();
        let mut writer = Redb::open(&folder.0).unwrap();
        let reader = Redb::read(&folder.0).unwrap();
        assert_eq!(ids(&reader).len(), 60);
        assert!(matches!(Redb::open(&folder.0), Err(IndexError::Locked { .. })));
        writer.remove(&["d0".to_owned()]).unwrap();
        assert_eq!(ids(&reader).len(), 59);
        let mut reader = reader;
        assert!(matches!(reader.add(&items), Err(IndexError::ReadOnly { .. })));
    }

    #[test]
    fn what_is_no_index_is_refused_and_left_alone() {
        let folder = Folder::new();
        let told = |error: Result<Redb, IndexError>| error.unwrap_err().to_string();
        assert!(told(Redb::open(&folder.0)).contains("there is no index here"));
        assert!(!folder.0.exists());
        std::fs::create_dir_all(&folder.0).unwrap();
        std::fs::write(folder.0.join("notes.txt"), "mine").unwrap();
        assert!(told(Redb::create(&folder.0)).contains("holds other files"));
        std::fs::remove_file(folder.0.join("notes.txt")).unwrap();
        let file = folder.0.join("index.redb");
        std::fs::write(
            &file,
            "a file of another kind, long enough to hold a header of any database there is",
        )
        .unwrap();
        assert!(told(Redb::create(&folder.0)).contains("no byline index"));
        assert!(told(Redb::read(&folder.0)).contains("no byline index"));
        assert!(
            std::fs::read_to_string(&file)
                .unwrap()
                .starts_with("a file of another kind")
        );
        std::fs::remove_file(&file).unwrap();
        let other = ::redb::Database::create(&file).unwrap();
        let transaction = other.begin_write().unwrap();
        transaction
            .open_table(::redb::TableDefinition::<u32, u32>::new("theirs"))
            .unwrap();
        transaction.commit().unwrap();
        drop(other);
        assert!(told(Redb::create(&folder.0)).contains("database of some other program"));
    }

    #[test]
    fn damage_is_told_and_never_a_panic_to_the_caller() {
        let (folder, items) = filled();
        let file = folder.0.join("index.redb");
        let whole = std::fs::read(&file).unwrap();
        let mut random = Random(77);
        let mut told = 0;
        std::panic::set_hook(Box::new(|_| {}));
        for _ in 0..40 {
            std::fs::write(&file, &whole).unwrap();
            let at = random.below(whole.len());
            let mut open = std::fs::OpenOptions::new().write(true).open(&file).unwrap();
            open.seek(std::io::SeekFrom::Start(at as u64)).unwrap();
            let junk: Vec<u8> = (0..64).map(|_| random.below(256) as u8).collect();
            open.write_all(&junk).unwrap();
            drop(open);
            let sound = Redb::open(&folder.0)
                .and_then(|mut index| index.verify())
                .is_ok_and(|found| found.problems == 0 && found.documents == items.len() as u64);
            told += usize::from(!sound);
        }
        let _ = std::panic::take_hook();
        // Junk in pages that are not in use harms nothing.
        assert!(told >= 5, "{told}");
        std::fs::write(&file, &whole[..whole.len() / 2]).unwrap();
        assert!(
            Redb::open(&folder.0)
                .and_then(|mut index| index.verify())
                .is_err()
        );
    }
}
