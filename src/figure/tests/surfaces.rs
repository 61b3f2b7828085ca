//! Surfaces and what they are worth.

use super::told;

/// Sentences and their figures.
const CASES: &[(&str, &[&str])] = &[
    // Money: signs, codes, words, both orders, scales.
    (
        "Each kilo left seventeen kroner and sixty øre, or 94 øre a slice.",
        &["money 17.6 NOK", "money 0.94 NOK"],
    ),
    ("She gets sixteen pesos eighty a litre.", &["money 16.8 MXN"]),
    ("It cost 5 dollars and 20 cents.", &["money 5.2 USD"]),
    (
        "It cost 5 dollars and 20 ships came.",
        &["money 5 USD", "count 20 ship"],
    ),
    (
        "It paid 3,000 Danish kroner, then 40 øre.",
        &["money 3000 DKK", "money 0.4 DKK"],
    ),
    ("Sales in the twelve months to June were flat.", &[]),
    ("It takes twelve months to build.", &["duration 12 month"]),
    ("The group raised $5 million in May.", &["money 5000000 USD"]),
    (
        "The harbour office has received 17 reports of loose chains.",
        &["count 17 report"],
    ),
    ("The vial holds 142 ml.", &["count 142 millilitre"]),
    (
        "The group raised US$5.25m and A$3bn.",
        &["money 5250000 USD", "money 3000000000 AUD"],
    ),
    (
        "It cost HK$400, S$12.50 and C$7k.",
        &["money 400 HKD", "money 12.5 SGD", "money 7000 CAD"],
    ),
    (
        "Sales were €2.5bn, or £1,204,000.",
        &["money 2500000000 EUR", "money 1204000 GBP"],
    ),
    (
        "Tarnwell paid RMB33.4 billion in Shanghai.",
        &["money 33400000000 CNY"],
    ),
    (
        "The dyke cost KSh 3 billion, the sluice Sh18.4bn and the weir Tk 40 crore.",
        &[
            "money 3000000000 KES",
            "money 18400000000 KES",
            "money 400000000 BDT",
        ],
    ),
    (
        "Tarnwell paid S/410 million, GHS 4bn, 1.36bn zł and 3.8 billion Moroccan dirhams.",
        &[
            "money 410000000 PEN",
            "money 4000000000 GHS",
            "money 1360000000 PLN",
            "money 3800000000 MAD",
        ],
    ),
    ("In Osaka it sold for ¥93bn.", &["money 93000000000 JPY"]),
    (
        "The Chinese maker in Shenzhen paid ¥93bn.",
        &["money 93000000000 CNY"],
    ),
    (
        "They lent 380 billion yuan to the town.",
        &["money 380000000000 CNY"],
    ),
    (
        "It owes Rs 3,960 crore and Rs. 500.",
        &["money 39600000000 INR", "money 500 INR"],
    ),
    (
        "A loan of 2 lakh crore rupees failed.",
        &["money 2000000000000 INR"],
    ),
    ("A loan of 1,750 crore rupees.", &["money 17500000000 INR"]),
    (
        "Turnover was 2.5 mln dlrs against 1.2 billion stg.",
        &["money 2500000 USD", "money 1200000000 GBP"],
    ),
    (
        "A profit of 69 cts a share, or 12 cents.",
        &["money 0.69 USD", "money 0.12 USD"],
    ),
    (
        "The dividend is 2.0p, up 30 pence.",
        &["money 0.02 GBP", "money 0.3 GBP"],
    ),
    (
        "Shares fell 4-1/2p to 243-1/2p.",
        &["money 0.045 GBP", "money 2.435 GBP"],
    ),
    (
        "He paid 40 Canadian dollars and 20 Swiss francs.",
        &["money 40 CAD", "money 20 CHF"],
    ),
    (
        "It paid 5 million euros and EUR 3m.",
        &["money 5000000 EUR", "money 3000000 EUR"],
    ),
    (
        "The port costs R24.5 billion, or 1.19 trillion won.",
        &["money 24500000000 ZAR", "money 1190000000000 KRW"],
    ),
    ("They spent a million dollars.", &["money 1000000 USD"]),
    ("They spent half a million pounds.", &["money 500000 GBP"]),
    (
        "A $5-million loan and a 10-million-euro fund.",
        &["money 5000000 USD", "money 10000000 EUR"],
    ),
    (
        "Turnover rose to 9.9 billion marks from 9.6 billion.",
        &["money 9900000000 DEM", "money 9600000000 DEM"],
    ),
    (
        "It pledged $53B and $1.2T.",
        &["money 53000000000 USD", "money 1200000000000 USD"],
    ),
    ("Two million dollars went missing.", &["money 2000000 USD"]),
    // Percent and points.
    (
        "Output rose 1.0 pct, then 2 per cent, then 3 percent.",
        &["percent 1 %", "percent 2 %", "percent 3 %"],
    ),
    (
        "It fell 5% and by 1.5 percentage points.",
        &["percent 5 %", "percent 1.5 pp"],
    ),
    (
        "The bank cut by 25 basis points, then 50bps.",
        &["percent 25 bp", "percent 50 bp"],
    ),
    ("Rates rose 6-3/8 pct.", &["percent 6.375 %"]),
    (
        "It gained 0.4 pp and half a percentage point.",
        &["percent 0.4 pp", "percent 0.5 pp"],
    ),
    ("Five percent of voters agree.", &["percent 5 %"]),
    ("A 5-percent rise.", &["percent 5 %"]),
    // Ranges.
    ("Its share is 30–32% there.", &["percent 30..32 %"]),
    ("Its share is 30%-32% there.", &["percent 30..32 %"]),
    (
        "It needs between 3 and 5 million people.",
        &["count 3000000..5000000 person"],
    ),
    ("It costs $4-5 billion.", &["money 4000000000..5000000000 USD"]),
    ("It costs £39–£75 a month.", &["money 39..75 GBP"]),
    ("Growth of 3 to 5 percent is likely.", &["percent 3..5 %"]),
    (
        "Build times of 30-36 months are usual.",
        &["duration 30..36 month"],
    ),
    (
        "It fell from 18.6 percent to 12 percent.",
        &["percent 18.6 %", "percent 12 %"],
    ),
    (
        "It grew from 3 to 5 million users.",
        &["count 3000000 user", "count 5000000 user"],
    ),
    (
        "Shares were up 30 cents to $62.10.",
        &["money 0.3 USD", "money 62.1 USD"],
    ),
    ("Two or three weeks will pass.", &["duration 2..3 week"]),
    ("It made 4,000-5,500 jobs.", &["count 4000..5500 job"]),
    // Multiples, fractions.
    (
        "It is 3.5x as fast, and twice as dear.",
        &["ratio 3.5 x", "ratio 2 x"],
    ),
    ("Profit tripled and debt halved.", &["ratio 3 x", "ratio 0.5 x"]),
    ("A five-fold rise, a tenfold fall.", &["ratio 5 x", "ratio 10 x"]),
    ("Three times as many came.", &["ratio 3 x"]),
    ("He rang three times a day.", &["count 3 time"]),
    ("He called twice.", &["count 2 time"]),
    (
        "Two-thirds of members and a third of guests left.",
        &["ratio 0.6666666666666666 x", "ratio 0.3333333333333333 x"],
    ),
    ("More than half of the laptops broke.", &["ratio 0.5 x"]),
    (
        "One in five adults agreed; nine out of ten did not.",
        &["ratio 0.2 x", "ratio 0.9 x"],
    ),
    ("Profit fell by around half compared with 1985.", &["ratio 0.5 x"]),
    (
        "A Three-stop protocol with Six-month terms.",
        &["count 3 stop", "duration 6 month"],
    ),
    ("In the first half of the year and the second half.", &[]),
    // Counts and lengths of time.
    ("It has 54,000 open-source models.", &["count 54000 model"]),
    ("A 32-billion-parameter model.", &["count 32000000000 parameter"]),
    ("A trillion-parameter model.", &["count 1000000000000 parameter"]),
    ("Six core business units remain.", &["count 6 unit"]),
    ("One hundred and twenty boxes came.", &["count 120 box"]),
    ("Twenty-five thousand women marched.", &["count 25000 woman"]),
    (
        "A three-year plan and a 10-year bond.",
        &["duration 3 year", "duration 10 year"],
    ),
    (
        "It lasted 21 years and 4 months.",
        &["duration 21 year", "duration 4 month"],
    ),
    ("After two and a half years it closed.", &["duration 2.5 year"]),
    ("It will take one year.", &["duration 1 year"]),
    (
        "The tower is 235 feet high and weighs 6.5 tons.",
        &["count 235 foot", "count 6.5 ton"],
    ),
    (
        "Up to two billion cubic metres will flow.",
        &["count 2000000000 cubic metre"],
    ),
    (
        "Ann Orne, 31, is a 47-year-old's boss.",
        &["duration 31 year", "duration 47 year"],
    ),
    (
        "Six of 10 indicators rose.",
        &["count 6 indicator", "count 10 indicator"],
    ),
    (
        "It sold 3,400 engines, with 428 of them exported.",
        &["count 3400 engine", "count 428"],
    ),
    (
        "A dozen people and 20-plus dogs.",
        &["count 12 person", "count 20 dog"],
    ),
    ("It ran 16km on 5GB.", &["count 16 kilometre", "count 5 gigabyte"]),
    // Ordinals and magnitudes.
    (
        "Its eighth consecutive quarter of growth.",
        &["ordinal 8 quarter"],
    ),
    (
        "The sixth straight month, the second-largest bank.",
        &["ordinal 6 month", "ordinal 2"],
    ),
    ("Triple-digit growth came.", &["magnitude 100..999 %"]),
    ("Dozens of villages flooded.", &["magnitude 24..99 village"]),
    (
        "Tens of thousands of people fled.",
        &["magnitude 10000..99999 person"],
    ),
    ("Several hundred workers left.", &["magnitude 200..999 worker"]),
    // No figures.
    ("On March 29, 2006, and on 5 May, it met.", &[]),
    ("In 2025 it was as in 1985.", &[]),
    ("On March 7,2017 the moon of 2004 MN4 was seen.", &[]),
    (
        "About 3,000 civilians died and more than 40 were hurt.",
        &["count 3000 civilian", "count 40"],
    ),
    ("From 2010-2015 it slept.", &[]),
    ("Call (800) 307-6627 or +45 33 77 03 77.", &[]),
    ("See https://example.org/a/2024/12-45 and www.example.org/9.", &[]),
    (
        "It runs Qwen2.5 on an H20 with a 7nm node and GPT-4 over 5G.",
        &[],
    ),
    ("The S&P 500 and a Boeing 737 and an A320 flew.", &[]),
    ("At 11am, 6 p.m. and 10:30 it rang.", &[]),
    ("It was shown [3], [1, 4].", &[]),
    ("They won 4-1 and lost 105-98.", &[]),
    ("See page 12, section 4.2 and No. 7.", &[]),
    ("One of the men left. No one saw it.", &[]),
    ("The first quarter and the second floor.", &[]),
    ("The Big Four met in Formula One.", &[]),
    ("Sapporo (2501.T) and COVID-19.", &[]),
    ("1. Buy milk.\n2. Sell it.", &[]),
    ("2321 Elm Avenue, Suite 2200, Orne, CA 90245", &[]),
    ("It stands at Launch Complex 37B.", &[]),
    ("It is a double-decker bus wanted for double murder.", &[]),
    ("In the 1990s and the mid-20s.", &[]),
];

#[test]
fn figures_of_sentences() {
    let mut wrong = Vec::new();
    for (text, expected) in CASES {
        let told = told(text);
        if told != *expected {
            wrong.push(format!("{text}\n   is {told:?}\n   not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
