//! PNG from our own SVG, by resvg and the embedded font: no system font is ever looked at.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use crate::chart::{Chart, font};

/// Pixels in the picture for each pixel of the chart: sharp on dense screens and on paper (290 dots an inch at 17 cm).
const SCALE: f32 = 2.0;

/// Why a chart could not be turned into a PNG; its SVG remains good.
#[derive(Debug, thiserror::Error)]
pub enum PngError {
    /// The text is not an SVG that resvg reads.
    #[error("read the chart's SVG: {0}")]
    Svg(#[from] resvg::usvg::Error),
    /// The picture has no size, or one beyond the memory.
    #[error("set aside {0} by {1} pixels")]
    Size(u32, u32),
    /// The picture could not be packed.
    #[error("pack the picture as PNG: {0}")]
    Pack(String),
}

/// The chart as a PNG file's bytes. The same chart gives the same bytes.
pub fn png(chart: &Chart) -> Result<Vec<u8>, PngError> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| {
        let mut fonts = fontdb::Database::new();
        for face in font::faces() {
            fonts.load_font_data(face.to_vec());
        }
        fonts.set_sans_serif_family("Inter");
        Arc::new(fonts)
    });
    let options = Options { fontdb: fonts.clone(), font_family: "Inter".to_owned(), ..Options::default() };
    let tree = Tree::from_str(&chart.svg, &options)?;
    let size = tree.size();
    let (width, height) = ((size.width() * SCALE) as u32, (size.height() * SCALE) as u32);
    let mut picture = Pixmap::new(width, height).ok_or(PngError::Size(width, height))?;
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut picture.as_mut());
    pack(picture).map_err(|error| PngError::Pack(error.to_string()))
}

/// Packs a picture. Each row as what differs from the one above it: half the time of trying all ways, and no larger.
fn pack(picture: Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, picture.width(), picture.height());
    // Charts have a white ground, so that as a rule nothing shows through.
    let opaque = picture.pixels().iter().all(|pixel| pixel.alpha() == u8::MAX);
    encoder.set_color(if opaque { png::ColorType::Rgb } else { png::ColorType::Rgba });
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    encoder.set_filter(png::Filter::Up);
    let mut writer = encoder.write_header()?;
    if opaque {
        let colours: Vec<u8> = picture.pixels().iter().flat_map(|p| [p.red(), p.green(), p.blue()]).collect();
        writer.write_image_data(&colours)?;
    } else {
        writer.write_image_data(&picture.take_demultiplied())?;
    }
    writer.finish()?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::inspect;

    #[test]
    fn the_same_chart_gives_the_same_picture_at_twice_the_size() {
        let chart =
            inspect::frame("png").chart(200.0, "", &[], |canvas, area| canvas.remark(area, "Nothing happened."));
        let picture = png(&chart).unwrap();
        assert_eq!(picture, png(&chart).unwrap());
        let decoded = Pixmap::decode_png(&picture).unwrap();
        assert_eq!(decoded.width(), 1920);
        // Text was drawn: without a font the page would be white but for the rule and the badge.
        let dark = decoded.pixels().iter().filter(|pixel| pixel.red() < 100).count();
        assert!(dark > 20_000, "{dark}");
    }

    #[test]
    fn what_is_no_svg_is_an_error() {
        let chart = Chart { name: "x".into(), svg: "<html>".into(), alt: String::new() };
        assert!(matches!(png(&chart), Err(PngError::Svg(_))));
    }
}
