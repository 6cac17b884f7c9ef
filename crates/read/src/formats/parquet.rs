//! Parquet.
//!
//! In: a file, and which of its columns may say something. Out: its rows, one after the other, as JSON Lines. Never: reads a column
//! that nobody asks for, holds more than what a few pages of each take, or runs in the process of the command: see `limited`.

use super::records::{self, Cut};
use super::{Definition, Format, Holds};
use crate::Options;
use crate::item::{Jobs, refused};
use crate::limited;
use crate::source::{Source, Window};
use ::bytes::Bytes;
use ::parquet::errors::{ParquetError, Result as ParquetResult};
use ::parquet::file::reader::{ChunkReader, FileReader, Length};
use ::parquet::file::serialized_reader::SerializedFileReader;
use ::parquet::record::reader::RowIter;
use ::parquet::schema::types::Type;
use std::io::{self, BufReader, Read};
use std::sync::Arc;

pub const PARQUET: Format = Format(&Definition {
    name: "parquet",
    holds: Holds::Binary,
    endings: &["parquet"],
    recognise: |head| head.bytes.starts_with(b"PAR1"),
    read,
});

fn read(source: Source, options: &Arc<Options>) -> Jobs {
    let (name, known, place) = (source.name.clone(), source.known.clone(), source.place);
    let opened = source.inside(&options.caps).and_then(|inside| Ok((inside, source.into_file(&options.caps)?)));
    let (inside, file) = match opened {
        Ok(opened) => opened,
        Err(reason) => return refused(name, reason),
    };
    let columns: Vec<String> = options.map.columns().into_iter().map(str::to_owned).collect();
    match limited::lines(file, columns, options) {
        Ok(lines) => {
            let mut rows = inside.pipe(name, lines);
            (rows.known, rows.place) = (known, place);
            records::read(rows, Cut::Lines, "row ", options)
        }
        Err(reason) => refused(name, reason),
    }
}

/// The rows of a file as JSON Lines.
pub struct Rows {
    rows: RowIter<'static>,
    line: io::Cursor<Vec<u8>>,
}

impl Rows {
    /// Those of the columns that are there.
    pub fn of(file: Window, columns: &[String]) -> Result<Rows, String> {
        let reader = SerializedFileReader::new(file).map_err(|error| format!("damaged: {error}"))?;
        let schema = reader.metadata().file_metadata().schema();
        let wanted = schema.get_fields().iter().filter(|field| columns.iter().any(|column| column == field.name())).cloned().collect();
        let wanted = Type::group_type_builder(schema.name()).with_fields(wanted).build();
        let rows = wanted.and_then(|wanted| RowIter::from_file_into(Box::new(reader)).project(Some(wanted)));
        Ok(Rows { rows: rows.map_err(|error| format!("damaged: {error}"))?, line: io::Cursor::default() })
    }
}

impl Read for Rows {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let bytes = self.line.read(buffer)?;
            if bytes > 0 || buffer.is_empty() {
                return Ok(bytes);
            }
            match self.rows.next() {
                None => return Ok(0),
                Some(Ok(row)) => self.line = io::Cursor::new(format!("{}\n", row.to_json_value()).into_bytes()),
                Some(Err(error)) => return Err(io::Error::new(io::ErrorKind::InvalidData, format!("damaged: {error}"))),
            }
        }
    }
}

impl Length for Window {
    fn len(&self) -> u64 {
        Window::len(self)
    }
}

impl ChunkReader for Window {
    type T = BufReader<Window>;

    fn get_read(&self, start: u64) -> ParquetResult<BufReader<Window>> {
        Ok(BufReader::new(self.part(start, u64::MAX)))
    }

    fn get_bytes(&self, start: u64, length: usize) -> ParquetResult<Bytes> {
        let mut part = self.part(start, length as u64);
        if Window::len(&part) < length as u64 {
            return Err(ParquetError::EOF(format!("{length} bytes at {start} of {}", Window::len(self))));
        }
        let mut bytes = Vec::with_capacity(length);
        part.read_to_end(&mut bytes)?;
        Ok(bytes.into())
    }
}
