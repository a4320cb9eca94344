//! The stored output of one crate.

use super::*;

/// The complete output of a compilation in one file, so that a reader gets all of it or nothing.
pub(super) struct Entry {
    /// Variables that the source reads at compile time, with their values.
    pub(super) environment: Vec<(String, Option<String>)>,
    /// File names and contents. In dep-info and in the messages, names stand for the directories of the
    /// clone.
    pub(super) files: Vec<(String, Vec<u8>)>,
    pub(super) messages: Vec<u8>,
}

impl Entry {
    /// None if the output would differ in another clone.
    pub(super) fn of(call: &Call, settings: &Settings, messages: &[Vec<u8>]) -> io::Result<Option<Self>> {
        if !messages.iter().all(|line| line.starts_with(b"{\"$message_type\":\"artifact\"")) {
            return Ok(None);
        }
        let Ok(messages) = String::from_utf8(messages.concat()) else { return Ok(None) };
        let out = call.out.to_string_lossy().into_owned();
        let messages = messages.replace(&json(&out), OUT);
        let target = settings.target.to_string_lossy().into_owned();
        let mut entry = Self { environment: Vec::new(), files: Vec::new(), messages: messages.into_bytes() };
        let stems = call.stems();
        for file in fs::read_dir(&call.out)? {
            let file = file?;
            let Ok(name) = file.file_name().into_string() else { continue };
            if !stems.iter().any(|stem| name.starts_with(stem.as_str())) {
                continue;
            }
            let mut content = fs::read(file.path())?;
            if name.ends_with(".d") {
                let Ok(text) = String::from_utf8(content) else { return Ok(None) };
                let Some(text) = entry.dep_info(&text, call) else { return Ok(None) };
                content = text.into_bytes();
            }
            if contains(&content, target.as_bytes()) {
                return Ok(None);
            }
            entry.files.push((name, content));
        }
        let described = entry.files.iter().any(|(name, _)| name.ends_with(".d"));
        let whole = described && entry.files.len() > 1 && !contains(&entry.messages, target.as_bytes());
        entry.files.sort();
        Ok(whole.then_some(entry))
    }

    /// Removes the variables from dep-info, and returns its text for any clone; None if it names a file
    /// outside the package.
    pub(super) fn dep_info(&mut self, text: &str, call: &Call) -> Option<String> {
        let script_out = env::var("OUT_DIR").ok();
        for line in text.lines() {
            if let Some(variable) = line.strip_prefix("# env-dep:") {
                let name = variable.split('=').next().unwrap_or_default();
                // The key covers cargo's own variables and the content of OUT_DIR.
                if name != "OUT_DIR" && !name.starts_with("CARGO_") {
                    self.environment.push((name.into(), env::var(name).ok()));
                }
            } else if let Some(file) = line.strip_suffix(':') {
                let file = plain(Path::new(&file.replace("\\ ", " ")));
                let inside = |directory: &Path| file.starts_with(directory);
                if !inside(&call.package) && !script_out.as_ref().is_some_and(|out| inside(Path::new(out))) {
                    return None;
                }
            }
        }
        let mut kept = String::new();
        for line in text.lines() {
            let path = path_style(line);
            let line = match &script_out {
                Some(directory) => line.replace(&path(directory), SCRIPT_OUT),
                None => line.to_owned(),
            };
            kept += &line.replace(call.out.to_string_lossy().as_ref(), OUT);
            kept.push('\n');
        }
        Some(kept)
    }

    /// Whether the variables still have these values.
    pub(super) fn environment_holds(&self) -> bool {
        self.environment.iter().all(|(name, value)| env::var(name).ok() == *value)
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let mut body = Vec::new();
        field(&mut body, &(self.environment.len() as u64).to_le_bytes());
        for (name, value) in &self.environment {
            field(&mut body, name.as_bytes());
            field(&mut body, if value.is_some() { b"set" } else { b"unset" });
            field(&mut body, value.as_deref().unwrap_or_default().as_bytes());
        }
        field(&mut body, &self.messages);
        for (name, content) in &self.files {
            field(&mut body, name.as_bytes());
            field(&mut body, content);
        }
        let mut all = format!("{MAGIC} {}\n", digest(&body)).into_bytes();
        all.extend(body);
        all
    }

    /// None if any byte is damaged.
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let end = bytes.iter().position(|b| *b == b'\n')?;
        let head = std::str::from_utf8(&bytes[..end]).ok()?;
        let mut body = &bytes[end + 1..];
        if head != format!("{MAGIC} {}", digest(body)) {
            return None;
        }
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).ok();
        let mut entry = Self { environment: Vec::new(), files: Vec::new(), messages: Vec::new() };
        let count = u64::from_le_bytes(take(&mut body)?.try_into().ok()?);
        for _ in 0..count {
            let name = text(take(&mut body)?)?;
            let set = take(&mut body)? == b"set";
            let value = text(take(&mut body)?)?;
            entry.environment.push((name, set.then_some(value)));
        }
        entry.messages = take(&mut body)?.to_vec();
        while !body.is_empty() {
            let name = text(take(&mut body)?)?;
            entry.files.push((name, take(&mut body)?.to_vec()));
        }
        Some(entry)
    }

    /// Writes the files to the places where rustc would write them, then prints rustc's messages.
    pub(super) fn restore(&self, call: &Call) -> io::Result<()> {
        let out = call.out.to_string_lossy();
        let script_out = env::var("OUT_DIR").unwrap_or_default();
        for (name, content) in &self.files {
            let file = call.out.join(name);
            match fs::remove_file(&file) {
                Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
                _ => {}
            }
            if name.ends_with(".d") {
                let mut text = String::new();
                for line in String::from_utf8_lossy(content).lines() {
                    let path = path_style(line);
                    text += &line.replace(OUT, &out).replace(SCRIPT_OUT, &path(&script_out));
                    text.push('\n');
                }
                fs::write(&file, text)?;
            } else {
                fs::write(&file, content)?;
            }
        }
        let messages = String::from_utf8_lossy(&self.messages).replace(OUT, &json(&out));
        io::stderr().write_all(messages.as_bytes())
    }

    /// Written under a temporary name first, so that a reader gets the whole entry or none.
    pub(super) fn publish(&self, entry: &Path) -> io::Result<()> {
        let directory = entry.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(directory)?;
        let temporary = temporary(directory);
        let written = fs::write(&temporary, self.encode()).and_then(|()| fs::rename(&temporary, entry));
        if written.is_err() {
            let _ = fs::remove_file(&temporary);
        }
        written
    }
}
