//! The word classes that the lexicon files define, one bit each.

/// Lists the classes once: the variant, and `file.section` (or `file`) of its entries.
macro_rules! classes {
    ($($variant:ident = $name:literal),* $(,)?) => {
        /// A class of words or phrases: a section of a lexicon file.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        pub(super) enum Class { $($variant),* }

        impl Class {
            /// Every class, in bit order, with the lexicon section that holds its entries.
            pub(super) const ALL: &'static [(Class, &'static str)] = &[$((Class::$variant, $name)),*];
        }
    };
}

classes! {
    The = "function_words.the",
    Of = "function_words.of",
    And = "function_words.and",
    To = "function_words.to",
    Article = "function_words.a_an",
    In = "function_words.in",
    That = "function_words.that",
    It = "function_words.it",
    Is = "function_words.is",
    Was = "function_words.was",
    For = "function_words.for",
    With = "function_words.with",
    As = "function_words.as",
    By = "function_words.by",
    On = "function_words.on",
    This = "function_words.this",
    Which = "function_words.which",
    But = "function_words.but",
    Not = "function_words.not",
    Or = "function_words.or",
    From = "function_words.from",
    At = "function_words.at",
    Be = "function_words.be",
    Have = "function_words.have",
    Do = "function_words.do",
    Will = "function_words.will",
    Modal = "function_words.modal",
    While = "function_words.while",
    If = "function_words.if",
    Because = "function_words.because",
    Negation = "function_words.negation",
    Personal = "function_words.personal",
    Possessive = "function_words.possessive",
    Reflexive = "function_words.reflexive",
    Determiner = "function_words.determiner",
    Preposition = "function_words.preposition",
    Relative = "function_words.relative",
    Question = "function_words.question",
    Quantity = "function_words.quantity",
    Degree = "function_words.degree",
    There = "function_words.there",
    Then = "function_words.then",
    Conjunction = "function_words.conjunction",
    Additive = "connectives.additive",
    Contrastive = "connectives.contrastive",
    Causal = "connectives.causal",
    Temporal = "connectives.temporal",
    Example = "connectives.example",
    Summary = "connectives.summary",
    Opener = "connectives.opener",
    Hedge = "stance.hedge",
    Booster = "stance.booster",
    Vague = "stance.vague",
    Said = "attribution.said",
    Saying = "attribution.verb",
    Attribution = "attribution.phrase",
    FirstSingular = "person.first_singular",
    FirstPlural = "person.first_plural",
    Second = "person.second",
    Third = "person.third",
    Indefinite = "person.indefinite",
    Impersonal = "person.impersonal",
    BeForm = "person.be",
    Contracted = "contractions.contracted",
    Contractible = "contractions.possible",
    Participle = "participles",
    NotParticiple = "words_in_ing",
    ExcessTelling = "excess_words.telling",
    ExcessEveryday = "excess_words.everyday",
    Chat = "chat_words",
    Business = "business",
    Cliche = "cliches",
    Fiction = "fiction",
    NotJust = "rhetoric.not_just",
    NoLonger = "rhetoric.no_longer",
    Copula = "rhetoric.copula",
    Significance = "rhetoric.significance",
    LessThan = "rhetoric.less_than",
    Both = "rhetoric.both",
    Whether = "rhetoric.whether",
    Despite = "rhetoric.despite",
    Answer = "rhetoric.answer",
    Imagine = "rhetoric.imagine",
    NumberWord = "figures.number_word",
    Magnitude = "figures.magnitude",
    Percent = "figures.percent",
    Money = "figures.money",
    Month = "figures.month",
    Weekday = "figures.weekday",
    Ordinal = "figures.ordinal",
    Compare = "figures.compare",
    WireStatement = "wire.statement",
    WireReporter = "wire.reporter",
    WireTitle = "wire.title",
    WirePress = "wire.press",
    WireAgency = "wire.agency",
    WireCompany = "wire.company",
}

/// How many classes there are.
pub(super) const COUNT: usize = Class::ALL.len();

const _: () = assert!(COUNT <= 128, "a class is a bit of a u128");

/// A set of classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Classes(pub(super) u128);

impl Classes {
    /// The set of the given classes.
    pub(super) const fn of(classes: &[Class]) -> Self {
        let mut bits = 0;
        let mut rest = classes;
        while let [first, tail @ ..] = rest {
            bits |= 1_u128 << (*first as u8);
            rest = tail;
        }
        Self(bits)
    }

    /// Whether the two sets share a class.
    pub(super) const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Calls `found` for the number of each class in the set.
    pub(super) fn each(self, mut found: impl FnMut(usize)) {
        let mut bits = self.0;
        while bits != 0 {
            found(bits.trailing_zeros() as usize);
            bits &= bits - 1;
        }
    }

    /// Whether it holds `class`.
    pub(super) const fn has(self, class: Class) -> bool {
        self.0 & (1_u128 << (class as u8)) != 0
    }
}

/// Closed-class words: everything in the sections of `function_words.txt`.
pub(super) const FUNCTION: Classes = Classes((1_u128 << (Class::Conjunction as u8 + 1)) - 1);
