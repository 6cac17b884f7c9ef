//! A Chromium, asked through its driver (WebDriver over HTTP).
//!
//! In: addresses, scripts. Out: what scripts return, pictures. Never: an address that is not of this machine.

use anyhow::{Context, ensure};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
}

const OPTIONS: [&str; 5] = ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars"];

impl Browser {
    pub fn start() -> anyhow::Result<Browser> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let driver = Command::new("chromedriver").arg(format!("--port={port}")).stdout(Stdio::null()).spawn();
        let mut browser = Browser { driver: driver.context("no chromedriver (Debian: chromium-driver)")?, port, session: String::new() };
        let tries = (0..100).find_map(|_| {
            std::thread::sleep(Duration::from_millis(100));
            TcpStream::connect(("127.0.0.1", port)).ok()
        });
        drop(tries.context("the driver does not answer")?);
        let wanted = json!({"capabilities": {"alwaysMatch": {"goog:chromeOptions": {"args": OPTIONS}}}});
        let session = browser.send("POST", "/session", &wanted)?;
        browser.session = session["sessionId"].as_str().context("no session")?.to_owned();
        Ok(browser)
    }

    pub fn open(&self, address: &str) -> anyhow::Result<()> {
        self.of_session("url", &json!({"url": address})).map(|_| ())
    }

    /// What a script returns.
    pub fn ask(&self, script: &str) -> anyhow::Result<Value> {
        self.of_session("execute/sync", &json!({"script": script, "args": []}))
    }

    /// A window of a size, and what the reader prefers.
    pub fn window(&self, (width, height): (u32, u32), theme: &str) -> anyhow::Result<()> {
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600});
        self.tools("Emulation.setDeviceMetricsOverride", &metrics)?;
        self.tools("Emulation.setEmulatedMedia", &json!({"features": [{"name": "prefers-color-scheme", "value": theme}]}))?;
        Ok(())
    }

    /// The window as a PNG.
    pub fn picture(&self, (width, height): (u32, u32)) -> anyhow::Result<Vec<u8>> {
        let clip = json!({"x": 0, "y": 0, "width": width, "height": height, "scale": 1});
        let taken = self.tools("Page.captureScreenshot", &json!({"format": "png", "clip": clip}))?;
        decoded(taken["data"].as_str().context("no picture")?)
    }

    fn tools(&self, command: &str, parameters: &Value) -> anyhow::Result<Value> {
        self.of_session("goog/cdp/execute", &json!({"cmd": command, "params": parameters}))
    }

    fn of_session(&self, command: &str, body: &Value) -> anyhow::Result<Value> {
        self.send("POST", &format!("/session/{}/{command}", self.session), body)
    }

    fn send(&self, method: &str, path: &str, body: &Value) -> anyhow::Result<Value> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        let body = body.to_string();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )?;
        let mut answer = BufReader::new(stream);
        let (mut line, mut length) = (String::new(), 0);
        while answer.read_line(&mut line)? > 2 {
            if let Some((name, value)) = line.split_once(':').filter(|(name, _)| name.eq_ignore_ascii_case("content-length")) {
                length = value.trim().parse().with_context(|| name.to_owned())?;
            }
            line.clear();
        }
        let mut bytes = vec![0; length];
        answer.read_exact(&mut bytes)?;
        let value: Value = serde_json::from_slice(&bytes)?;
        ensure!(value["value"]["error"].is_null(), "{path}: {}", value["value"]["message"]);
        Ok(value["value"].clone())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.send("DELETE", &format!("/session/{}", self.session), &json!({}));
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// The bytes of a text in base 64.
fn decoded(text: &str) -> anyhow::Result<Vec<u8>> {
    let (mut out, mut held, mut bits) = (Vec::with_capacity(text.len() * 3 / 4), 0_u32, 0);
    for letter in text.bytes().filter(|letter| *letter != b'=') {
        let digit = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            other => anyhow::bail!("{other} is no digit of base 64"),
        };
        (held, bits) = (held << 6 | u32::from(digit), bits + 6);
        if bits >= 8 {
            bits -= 8;
            out.push((held >> bits) as u8);
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    #[test]
    fn base_64_is_read() {
        assert_eq!(super::decoded("QW4gZXhhbXBsZQ==").expect("base 64"), b"An example");
        assert!(super::decoded("a b").is_err());
    }
}
