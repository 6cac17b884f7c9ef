//! Small pictures.
//!
//! In: a PNG. Out: the same in few colours. Never: another size.

use anyhow::{Context, ensure};
use std::collections::HashMap;

/// The picture with a palette: the colours that occur most, each other one as the nearest of them.
pub fn few_colours(png: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info()?;
    let mut pixels = vec![0; reader.output_buffer_size().context("a picture too large")?];
    let frame = reader.next_frame(&mut pixels)?;
    let channels = frame.color_type.samples();
    ensure!(channels >= 3 && frame.bit_depth == png::BitDepth::Eight, "expected colours of 8 bits");
    let colours: Vec<[u8; 3]> = pixels.chunks_exact(channels).map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let mut counts: HashMap<[u8; 3], usize> = HashMap::new();
    for colour in &colours {
        *counts.entry(*colour).or_default() += 1;
    }
    let mut most: Vec<([u8; 3], usize)> = counts.iter().map(|(colour, count)| (*colour, *count)).collect();
    most.sort_by_key(|(colour, count)| (std::cmp::Reverse(*count), *colour));
    let palette: Vec<[u8; 3]> = most.iter().take(96).map(|(colour, _)| *colour).collect();
    let away = |one: &[u8; 3], other: &[u8; 3]| -> i32 {
        one.iter().zip(other).map(|(one, other)| (i32::from(*one) - i32::from(*other)).pow(2)).sum()
    };
    let nearest = |colour: &[u8; 3]| (0..palette.len()).min_by_key(|index| away(&palette[*index], colour)).unwrap_or(0) as u8;
    let index: HashMap<[u8; 3], u8> = counts.keys().map(|colour| (*colour, nearest(colour))).collect();
    let indexed: Vec<u8> = colours.iter().map(|colour| index[colour]).collect();
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, frame.width, frame.height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.write_header()?.write_image_data(&indexed)?;
    Ok(out)
}
