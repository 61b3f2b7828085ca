use std::time::{Duration, Instant};

use super::*;

fn page(markup: &str) -> RawDocument {
    let options = ReadOptions::default();
    file(&mut markup.as_bytes(), &options).unwrap()
}

/// An article of several paragraphs inside the usual chrome.
fn article() -> String {
    let paragraph = "The harbour board met on Tuesday, and after four hours of talk it voted to keep the old \
                     crane, which had stood idle since the spring, because nobody could say who would pay for \
                     taking it down or where its parts should go.";
    format!(
        "<!doctype html><html lang=en><head><title>Crane stays | Canal Post</title>\
         <meta property='og:site_name' content='Canal Post'><link rel=canonical href='https://canal.example/crane'>\
         <script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":\"Crane stays\",\
         \"author\":{{\"name\":\"Ida Moss\"}},\"datePublished\":\"2026-04-05\"}}</script></head>\
         <body><nav class=menu><a href=/>Home</a> <a href=/s>Sport</a></nav>\
         <article><h1>Crane stays</h1><p>{paragraph}</p><h2>Costs</h2><p>{paragraph}</p>\
         <ul><li>Scrap price, per ton</li><li>Barge hire, per day</li></ul>\
         <blockquote><p>{paragraph}</p></blockquote><pre>cost = 4</pre><p>{paragraph}</p></article>\
         <footer><a href=/terms>Terms</a></footer></body></html>"
    )
}

#[test]
fn a_note_on_the_making_of_the_article_is_kept_and_other_asides_are_not() {
    let notes = "<aside><a href=/k>An algorithm moved the kiosk</a></aside><footer>An algorithm wrote this.</footer></article>";
    let raw = page(&article().replace("</article>", notes));
    assert!(raw.text.ends_with("\n\nAn algorithm wrote this."), "{}", raw.text);
    assert!(
        !raw.text.contains("kiosk") && !raw.text.contains("Terms"),
        "{}",
        raw.text
    );
}

#[test]
fn the_main_content_keeps_its_structure_and_leaves_the_chrome() {
    let raw = page(&article());
    assert!(raw.text.contains("## Costs\n\nThe harbour"), "{}", raw.text);
    assert!(
        raw.text.contains("- Scrap price, per ton\n- Barge hire, per day"),
        "{}",
        raw.text
    );
    assert!(raw.text.contains("\n\n> The harbour board"), "{}", raw.text);
    assert!(raw.text.contains("```\ncost = 4\n```"), "{}", raw.text);
    assert!(
        !raw.text.contains("Sport") && !raw.text.contains("Terms"),
        "{}",
        raw.text
    );
}

#[test]
fn fields_metadata_and_markup_are_filled() {
    let markup = article();
    let raw = page(&markup);
    assert_eq!(raw.title.as_deref(), Some("Crane stays"));
    assert_eq!(raw.byline.as_deref(), Some("Ida Moss"));
    assert_eq!(raw.url.as_deref(), Some("https://canal.example/crane"));
    assert_eq!(raw.publisher.as_deref(), Some("Canal Post"));
    assert_eq!(raw.date.as_deref(), Some("2026-04-05"));
    assert_eq!(raw.format, Format::Html);
    assert_eq!(raw.markup.as_deref(), Some(markup.as_str()));
    let has = |name: &str| raw.metadata.iter().any(|(n, _)| n == name);
    assert!(has("canonical") && has("og:site_name") && has("jsonld:author.name"));
}

#[test]
fn a_page_without_an_article_gives_its_body() {
    assert_eq!(page("<p>Short.").text, "Short.");
    assert_eq!(page("no tags at all").text, "no tags at all");
    assert_eq!(
        page("<p>One.</p><p>Two &amp; three.").text,
        "One.\n\nTwo & three."
    );
}

#[test]
fn a_page_without_text_is_empty() {
    for markup in [
        "<html></html>",
        "<script>x</script>",
        "<!-- a -->",
        "<p>&nbsp;</p>",
        "<",
    ] {
        let result = file(&mut markup.as_bytes(), &ReadOptions::default());
        match result {
            Err(ReadError::Empty(_)) => {}
            other => assert_eq!(markup, "<", "{other:?}"),
        }
    }
}

#[test]
fn the_declared_encoding_is_honoured() {
    let german = |charset: &str| {
        let mut bytes = format!("<html><head>{charset}</head><body><p>").into_bytes();
        bytes.extend_from_slice(b"\xcf\xf0\xe8\xe2\xe5\xf2</p>");
        file(&mut bytes.as_slice(), &ReadOptions::default()).unwrap().text
    };
    assert_eq!(german("<meta charset=windows-1251>"), "Привет");
    let http_equiv = "<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>";
    assert_eq!(german(http_equiv), "Привет");
    // The bytes are valid UTF-8, whatever the page says.
    assert_eq!(page("<meta charset=windows-1252><p>Grüße").text, "Grüße");
}

#[test]
fn truncated_pages_give_what_is_there() {
    let whole = article();
    for cut in (0..whole.len())
        .step_by(37)
        .filter(|cut| whole.is_char_boundary(*cut))
    {
        let result = file(&mut &whole.as_bytes()[..cut], &ReadOptions::default());
        if let Ok(raw) = result {
            assert!(!raw.text.is_empty());
        }
    }
}

/// Bar: no input takes longer than 2 s a megabyte, in a build for tests.
#[test]
fn hostile_markup_takes_no_long_time() {
    let cases = [
        "<div>",
        "<p>",
        "<b>",
        "<a href=x>",
        "<b><p>",
        "<table><tr><td>",
        "<ul><li>",
        "<span><div></span></div>",
        "<font color=",
        "<div a b c d e f ",
        " a1=2",
        "<br>",
        "<i class=a>x</i>",
        "<p>word, word</p>",
        "<div><p>word, word and a longer line of text</div>",
        "<blockquote>",
        "<h1>",
        "<!--",
        "</",
        "&amp;",
        "&",
        "\u{ab}",
        "a\u{a0}",
        "<a",
        "<form>",
        "<p><b id=1>",
        "<svg>",
        "<dl><dt><dd>",
        "<img src=a>",
        "<pre>",
        "<object>",
        "<select><option>",
    ];
    for case in cases {
        let markup = case.repeat((1 << 20) / case.len());
        for markup in [
            markup.clone(),
            format!("<div {markup}>text</div>"),
            format!("{markup}text"),
        ] {
            let started = Instant::now();
            let _ = file(&mut markup.as_bytes(), &ReadOptions::default());
            let took = started.elapsed();
            assert!(took < Duration::from_secs(2), "{case}: {took:?}");
        }
    }
}
