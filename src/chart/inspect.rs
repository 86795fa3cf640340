//! Test help: reads the SVG back and checks what a reader would stumble over.

use resvg::usvg::roxmltree::{Document, Node};

use crate::chart::area::Area;
use crate::chart::canvas::{Anchor, FINE, Type, text_area};
use crate::chart::theme::{Rgb, WHITE, contrast};
use crate::chart::{Chart, Frame};

/// A frame with everything filled in.
pub(crate) fn frame(name: &str) -> Frame {
    Frame {
        name: name.into(),
        finding: "A title that states the finding".into(),
        measure: "Measure".into(),
        unit: "unit".into(),
        n: 1000,
        n_of: "runs".into(),
        seed: 7,
        scenario: "Eastmarch".into(),
        digest: "3f9a01c2".into(),
        horizon: "730 days".into(),
        version: "airside 0.1.0".into(),
        ..Frame::default()
    }
}

/// A text in the picture: its words, the room that it takes and its colour.
pub(crate) struct Label {
    pub(crate) text: String,
    pub(crate) area: Area,
    colour: Rgb,
    ground: Rgb,
}

/// An outline, its colour and its opacity.
type Fill = (Vec<(f64, f64)>, Rgb, f64);

/// The texts of a chart in pixels, each with the colour that lies behind it.
pub(crate) fn labels(chart: &Chart) -> Vec<Label> {
    let document = Document::parse(&chart.svg).expect("well-formed");
    let mut fills: Vec<Fill> = Vec::new();
    let mut labels = Vec::new();
    for node in document.root_element().children().filter(Node::is_element) {
        let fill = node.attribute("fill").unwrap_or("none");
        let opacity = number(&node, "opacity");
        match node.tag_name().name() {
            "rect" if fill != "none" => {
                let (x, y, w, h) =
                    (number(&node, "x"), number(&node, "y"), number(&node, "width"), number(&node, "height"));
                fills.push((vec![(x, y), (x + w, y), (x + w, y + h), (x, y + h)], colour(fill), opacity));
            }
            "polygon" => fills.push((points(&node), colour(fill), opacity)),
            "circle" if fill != "none" => {
                let (x, y, r) = (number(&node, "cx"), number(&node, "cy"), number(&node, "r") * 0.8);
                fills.push((
                    vec![(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)],
                    colour(fill),
                    opacity,
                ));
            }
            "text" => {
                let size = number(&node, "font-size");
                let anchor = match node.attribute("text-anchor") {
                    Some("middle") => Anchor::Middle,
                    Some("end") => Anchor::End,
                    _ => Anchor::Start,
                };
                let kind =
                    Type { size: size / FINE, bold: node.attribute("font-weight").is_some(), colour: colour(fill) };
                assert_eq!(node.attribute("dy"), Some("0.76em"), "all text hangs from its top");
                let text = node.text().unwrap_or("").trim_matches('\n').to_owned();
                let (x, y) = (number(&node, "x") / FINE, (number(&node, "y") + 0.76 * size) / FINE);
                let area = text_area(x, y, &text, kind, anchor);
                let centre = ((area.x0 + area.x1) / 2.0 * FINE, (area.y0 + area.y1) / 2.0 * FINE);
                let ground = fills.iter().filter(|(outline, ..)| inside(outline, centre)).fold(WHITE, mix);
                labels.push(Label { text, area, colour: kind.colour, ground });
            }
            _ => {}
        }
    }
    labels
}

/// Checks that a chart is well-formed, carries its text alternative, and that its texts lie inside, apart and readable.
pub(crate) fn check(chart: &Chart) {
    let document = Document::parse(&chart.svg).expect("well-formed");
    let root = document.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    let text_of = |tag: &str| root.children().find(|node| node.tag_name().name() == tag).and_then(|node| node.text());
    assert!(root.children().any(|node| node.tag_name().name() == "title"));
    assert_eq!(text_of("desc"), Some(chart.alt.as_str()));
    assert!(!chart.svg.contains("NaN") && !chart.svg.contains("inf\""), "{}", chart.name);
    assert!(chart.svg.len() < 220_000, "{} takes {} bytes", chart.name, chart.svg.len());

    let (width, height) = (number(&root, "width"), number(&root, "height"));
    let page = Area::new(0.0, 0.0, width, height);
    let labels = labels(chart);
    for (i, label) in labels.iter().enumerate() {
        let Label { text, area, colour, ground } = label;
        assert!(page.contains(area), "{}: '{text}' leaves the page: {area:?}", chart.name);
        let ratio = contrast(*colour, *ground);
        assert!(ratio >= 4.5, "{}: '{text}' has contrast {ratio:.1} ({colour:?} on {ground:?})", chart.name);
        for other in &labels[i + 1..] {
            let overlap = area.overlaps(&other.area.grown(-0.3));
            assert!(!overlap, "{}: '{text}' {area:?} lies on '{}' {:?}", chart.name, other.text, other.area);
        }
    }
    for node in root.children() {
        let all = match node.tag_name().name() {
            "polyline" | "polygon" => points(&node),
            "rect" => vec![
                (number(&node, "x"), number(&node, "y")),
                (number(&node, "x") + number(&node, "width"), number(&node, "y") + number(&node, "height")),
            ],
            _ => Vec::new(),
        };
        for (x, y) in all {
            let fits = (-1.0..=width * FINE + 1.0).contains(&x) && (-1.0..=height * FINE + 1.0).contains(&y);
            assert!(fits, "{}: a {} leaves the page at {x}, {y}", chart.name, node.tag_name().name());
        }
    }
}

/// Checks a chart built twice: the same bytes, and all that [`check`] asks.
pub(crate) fn check_twice(build: impl Fn() -> Chart) -> Chart {
    let chart = build();
    assert_eq!(chart, build(), "same figures, same bytes");
    check(&chart);
    chart
}

fn number(node: &Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).map_or(1.0, |value| value.parse().expect("a number"))
}

fn points(node: &Node<'_, '_>) -> Vec<(f64, f64)> {
    let pairs = node.attribute("points").unwrap_or("").split(' ').filter_map(|pair| pair.split_once(','));
    pairs.map(|(x, y)| (x.parse().expect("x"), y.parse().expect("y"))).collect()
}

fn colour(text: &str) -> Rgb {
    let part = |i: usize| u8::from_str_radix(&text[i..i + 2], 16).expect("hexadecimal");
    Rgb(part(1), part(3), part(5))
}

fn mix(below: Rgb, (_, above, opacity): &Fill) -> Rgb {
    let part = |a: u8, b: u8| (f64::from(b) * opacity + f64::from(a) * (1.0 - opacity)) as u8;
    Rgb(part(below.0, above.0), part(below.1, above.1), part(below.2, above.2))
}

fn inside(outline: &[(f64, f64)], (x, y): (f64, f64)) -> bool {
    let edges = outline.iter().zip(outline.iter().cycle().skip(1));
    edges.filter(|(a, b)| (a.1 > y) != (b.1 > y) && x < (b.0 - a.0) * (y - a.1) / (b.1 - a.1) + a.0).count() % 2 == 1
}
