//! cargo calls this program in place of rustc (RUSTC_WRAPPER). It keeps what rustc makes of third-party crates, so that
//! the next clone copies it. The packager compiles this file once for each rustc, with nothing but std.
//!
//! A crate is third-party when cargo unpacked it below its home directory. Its entry is named after a digest of all
//! that rustc gets: the compiler, arguments, variables, the package's files, the build script's output, and the crates
//! it uses. Everything else goes to rustc as it is. Nothing here may fail a build that rustc alone would pass.

use std::collections::BTreeMap;
use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Component, Path, PathBuf};
use std::process::{self, Command, Stdio};
use std::time::SystemTime;

/// Part of every key: entries that another version of this program wrote are not read.
const SELF: &[u8] = include_bytes!("rustc_wrapper.rs");

/// First line of an entry.
const MAGIC: &str = "stowage-crate";

/// Stands for the output directory in what is kept.
const OUT: &str = "\u{1}out\u{1}";

/// Stands for the build script's output directory.
const SCRIPT_OUT: &str = "\u{1}script\u{1}";

/// Variables that change what rustc makes, besides those that cargo sets and those that dep-info names.
const VARIABLES: [&str; 3] = ["MACOSX_DEPLOYMENT_TARGET", "RUSTC_BOOTSTRAP", "SOURCE_DATE_EPOCH"];

fn main() {
    let mut words = env::args_os().skip(1);
    let Some(rustc) = words.next() else {
        eprintln!("usage: RUSTC_WRAPPER=<this program> cargo ...");
        process::exit(2);
    };
    let arguments: Vec<OsString> = words.collect();
    let Some(call) = Call::parse(&arguments) else {
        run(&rustc, &arguments);
    };
    let settings = Settings::read();
    let mut all = arguments.clone();
    let third_party = settings.third_party(&call.package);
    if !third_party {
        all.extend(settings.remaps.iter().map(OsString::from));
    }
    // The last that fits counts, and no other is as long.
    all.push(OsString::from(format!("--remap-path-prefix={}=target", settings.target.display())));
    let Some(store) = settings.store.as_ref().filter(|_| third_party) else {
        run(&rustc, &all);
    };
    match key(&rustc, &call, &settings) {
        Ok(Some(key)) => cached(&rustc, &all, &call, &settings, &store.join(&key[..2]).join(key)),
        Ok(None) => {
            settings.note(&format!("unfit {}", call.name));
            run(&rustc, &all)
        }
        Err(e) => {
            settings.note(&format!("unfit {} {e}", call.name));
            run(&rustc, &all)
        }
    }
}

/// Gives the call to rustc and ends as it ends.
fn run(rustc: &OsStr, arguments: &[OsString]) -> ! {
    let mut command = Command::new(rustc);
    command.args(arguments);
    #[cfg(unix)]
    let result: io::Result<process::ExitStatus> = Err(std::os::unix::process::CommandExt::exec(&mut command));
    #[cfg(not(unix))]
    let result = command.status();
    match result {
        Ok(status) => process::exit(status.code().unwrap_or(1)),
        Err(e) => {
            eprintln!("cannot start {}: {e}", rustc.to_string_lossy());
            process::exit(1)
        }
    }
}

/// What the packager says, in variables.
struct Settings {
    /// Directory of the entries; none when only the remaps are wanted.
    store: Option<PathBuf>,
    /// A directory of this one build: notes for the packager, and the compiler's identity.
    state: PathBuf,
    cargo_home: PathBuf,
    /// cargo's target directory.
    target: PathBuf,
    /// Arguments for crates of the project.
    remaps: Vec<String>,
}

impl Settings {
    fn read() -> Self {
        let path = |name| PathBuf::from(env::var_os(name).unwrap_or_default());
        Self {
            store: Some(path("STOWAGE_CRATES")).filter(|p| !p.as_os_str().is_empty()),
            state: path("STOWAGE_STATE"),
            cargo_home: path("STOWAGE_CARGO_HOME"),
            target: path("STOWAGE_TARGET_DIR"),
            remaps: env::var("STOWAGE_REMAPS")
                .unwrap_or_default()
                .split('\u{1f}')
                .filter(|flag| !flag.is_empty())
                .map(String::from)
                .collect(),
        }
    }

    /// Packages of the project and its path dependencies lie elsewhere.
    fn third_party(&self, package: &Path) -> bool {
        let home = &self.cargo_home;
        home.is_absolute()
            && (package.starts_with(home.join("registry").join("src"))
                || package.starts_with(home.join("git").join("checkouts")))
            && !package.components().any(|c| c == Component::ParentDir)
    }

    /// One line for the packager, which reads them when cargo has ended. Lines this short are written whole.
    fn note(&self, line: &str) {
        let file = fs::OpenOptions::new().create(true).append(true).open(self.state.join("notes"));
        if let Ok(mut file) = file {
            let _ = file.write_all(format!("{}\n", line.replace('\n', " ")).as_bytes());
        }
    }
}

/// A compilation of one library, as cargo writes it.
struct Call {
    name: String,
    package: PathBuf,
    out: PathBuf,
    /// Between a crate's name and the end of each file name.
    extra: String,
    /// Name and file of each crate it uses.
    externs: Vec<(String, PathBuf)>,
    /// All other arguments.
    rest: Vec<String>,
    library: bool,
}

impl Call {
    /// None for anything but a compilation by cargo: questions, probes of build scripts.
    fn parse(arguments: &[OsString]) -> Option<Self> {
        let mut call = Self {
            name: String::new(),
            package: PathBuf::from(env::var_os("CARGO_MANIFEST_DIR")?),
            out: PathBuf::new(),
            extra: String::new(),
            externs: Vec::new(),
            rest: Vec::new(),
            library: true,
        };
        let mut words = arguments.iter().map(|word| word.to_str());
        while let Some(word) = words.next() {
            let word = word?;
            match word {
                "--crate-name" => call.name = words.next()??.into(),
                "--out-dir" => call.out = words.next()??.into(),
                "--extern" => {
                    let value = words.next()??;
                    let (name, file) = value.split_once('=').unwrap_or((value, ""));
                    call.externs.push((name.into(), file.into()));
                }
                "--crate-type" => {
                    let kind = words.next()??;
                    call.library &= ["lib", "rlib", "proc-macro"].contains(&kind);
                    call.rest.push(kind.into());
                }
                "-L" => {
                    let value = words.next()??;
                    // Where the crates of --extern find theirs; those are named by digest inside of them.
                    if !value.starts_with("dependency=") {
                        call.rest.push(format!("-L{value}"));
                    }
                }
                "-C" => call.codegen(words.next()??),
                _ => call.other(word),
            }
        }
        let compiles = !call.name.is_empty() && !call.extra.is_empty() && !call.out.as_os_str().is_empty();
        compiles.then_some(call)
    }

    fn codegen(&mut self, value: &str) {
        match value.strip_prefix("extra-filename=") {
            Some(extra) => {
                self.extra = extra.into();
                self.rest.push(value.into());
            }
            // Only macros are linked, for the compiler itself.
            None if value.starts_with("linker=") => {}
            None => self.rest.push(format!("-C{value}")),
        }
    }

    fn other(&mut self, word: &str) {
        match word.strip_prefix("--sysroot=") {
            // The packager names a sysroot after what it was made of.
            Some(path) => {
                let name = Path::new(path).file_name().unwrap_or_default();
                self.rest.push(format!("--sysroot={}", name.to_string_lossy()));
            }
            None if word.starts_with("--diagnostic-width=") => {}
            None => self.rest.push(word.into()),
        }
    }

    /// Beginnings of the names of all files that rustc writes.
    fn stems(&self) -> [String; 2] {
        [format!("lib{}{}.", self.name, self.extra), format!("{}{}.", self.name, self.extra)]
    }
}

/// The digest of all that goes into the crate; none when something does that cannot be named.
fn key(rustc: &OsStr, call: &Call, settings: &Settings) -> io::Result<Option<String>> {
    if !call.library {
        return Ok(None);
    }
    let script_out = env::var("OUT_DIR").ok();
    let target = settings.target.to_string_lossy();
    let mut all = Sha256::new();
    all.field(SELF);
    all.field(compiler(rustc, settings)?.as_bytes());
    for word in &call.rest {
        let word = match &script_out {
            Some(directory) => word.replace(directory.as_str(), SCRIPT_OUT),
            None => word.clone(),
        };
        if word.contains(target.as_ref()) || word.starts_with('@') {
            return Ok(None);
        }
        all.field(word.as_bytes());
    }
    all.field(b"externs");
    for (name, file) in &call.externs {
        all.field(name.as_bytes());
        if !file.as_os_str().is_empty() {
            all.field(digest(&fs::read(file)?).as_bytes());
        }
    }
    all.field(b"variables");
    let variables: BTreeMap<String, OsString> = env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value)))
        .filter(|(name, _)| {
            name.starts_with("CARGO_PKG_")
                || name.starts_with("CARGO_MANIFEST_")
                || name == "CARGO_CRATE_NAME"
                || VARIABLES.contains(&name.as_str())
        })
        .collect();
    for (name, value) in variables {
        all.field(name.as_bytes());
        all.field(value.as_encoded_bytes());
    }
    all.field(b"package");
    tree(&mut all, &call.package, "")?;
    if let Some(directory) = script_out {
        all.field(b"script");
        tree(&mut all, Path::new(&directory), "")?;
    }
    Ok(Some(all.hex()))
}

/// Names and contents of all files below a directory, in one order everywhere.
fn tree(all: &mut Sha256, directory: &Path, prefix: &str) -> io::Result<()> {
    let mut entries: Vec<fs::DirEntry> = fs::read_dir(directory)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(|entry| entry.file_name());
    for entry in entries {
        let name = entry.file_name();
        if name == ".git" {
            continue;
        }
        let name = format!("{prefix}{}", name.to_string_lossy());
        let path = entry.path();
        if fs::metadata(&path)?.is_dir() {
            tree(all, &path, &format!("{name}/"))?;
        } else {
            all.field(name.as_bytes());
            all.field(&fs::read(&path)?);
        }
    }
    Ok(())
}

/// What rustc says of itself and the time of its file: distributions build a version more than once. Asked once a build.
fn compiler(rustc: &OsStr, settings: &Settings) -> io::Result<String> {
    let toolchain = env::var_os("RUSTUP_TOOLCHAIN").unwrap_or_default();
    let mut name = Sha256::new();
    name.field(rustc.as_encoded_bytes());
    name.field(toolchain.as_encoded_bytes());
    let file = settings.state.join(format!("rustc-{}", name.hex()));
    if let Ok(known) = fs::read_to_string(&file) {
        if known.ends_with('\n') {
            return Ok(known);
        }
    }
    let version = output(rustc, &["-vV"])?;
    let sysroot = output(rustc, &["--print", "sysroot"])?;
    let program = Path::new(sysroot.trim()).join("bin").join(format!("rustc{}", env::consts::EXE_SUFFIX));
    let stamp = match fs::metadata(&program) {
        Ok(data) => {
            let time = data.modified()?.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
            format!("{} {}", data.len(), time.as_nanos())
        }
        Err(_) => String::from("no file"),
    };
    let text = format!("{version}{stamp}\n");
    let temporary = temporary(&settings.state);
    fs::write(&temporary, &text)?;
    fs::rename(&temporary, &file)?;
    Ok(text)
}

fn output(rustc: &OsStr, arguments: &[&str]) -> io::Result<String> {
    let output = Command::new(rustc).args(arguments).stderr(Stdio::null()).output()?;
    if !output.status.success() {
        return Err(io::Error::new(io::ErrorKind::Other, format!("rustc {}", arguments.join(" "))));
    }
    String::from_utf8(output.stdout).map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e))
}

/// Takes the crate from its entry, or compiles it and makes the entry.
fn cached(rustc: &OsStr, arguments: &[OsString], call: &Call, settings: &Settings, entry: &Path) -> ! {
    match fs::read(entry) {
        Ok(bytes) => match Entry::decode(&bytes) {
            Some(found) if found.environment_holds() => {
                if found.restore(call).is_ok() {
                    touch(entry);
                    settings.note(&format!("hit {}", call.name));
                    process::exit(0);
                }
            }
            Some(_) => {}
            None => settings.note(&format!("damaged {} {}", call.name, entry.display())),
        },
        Err(e) if e.kind() == io::ErrorKind::NotFound => {}
        Err(e) => settings.note(&format!("unread {} {e}", call.name)),
    }
    let (code, messages) = compile(rustc, arguments);
    if code == 0 {
        match Entry::of(call, settings, &messages) {
            Ok(Some(made)) => match made.publish(entry) {
                Ok(()) => settings.note(&format!("miss {}", call.name)),
                Err(e) => settings.note(&format!("unkept {} {e}", call.name)),
            },
            Ok(None) => settings.note(&format!("unfit {}", call.name)),
            Err(e) => settings.note(&format!("unkept {} {e}", call.name)),
        }
    }
    process::exit(code)
}

/// Entries that nobody used for long are deleted by the packager.
fn touch(entry: &Path) {
    if let Ok(file) = fs::OpenOptions::new().write(true).open(entry) {
        let _ = file.set_modified(SystemTime::now());
    }
}

/// Runs rustc and passes on each line of its messages at once: cargo starts the next crate on some of them.
fn compile(rustc: &OsStr, arguments: &[OsString]) -> (i32, Vec<Vec<u8>>) {
    let mut lines = Vec::new();
    let child = Command::new(rustc).args(arguments).stderr(Stdio::piped()).spawn();
    let result = child.and_then(|mut child| {
        let mut messages = BufReader::new(child.stderr.take().expect("piped above"));
        loop {
            let mut line = Vec::new();
            if messages.read_until(b'\n', &mut line)? == 0 {
                break;
            }
            io::stderr().write_all(&line)?;
            lines.push(line);
        }
        child.wait()
    });
    match result {
        Ok(status) => (status.code().unwrap_or(1), lines),
        Err(e) => {
            eprintln!("cannot run {}: {e}", rustc.to_string_lossy());
            (1, lines)
        }
    }
}

/// All that a compilation leaves: one file, so that it is there whole or not at all.
struct Entry {
    /// Variables that the source named, with the values that went in.
    environment: Vec<(String, Option<String>)>,
    /// File name and content; the content of dep-info and the messages without directories of the clone.
    files: Vec<(String, Vec<u8>)>,
    messages: Vec<u8>,
}

impl Entry {
    /// None when what was made is not the same in another clone.
    fn of(call: &Call, settings: &Settings, messages: &[Vec<u8>]) -> io::Result<Option<Self>> {
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

    /// Takes the variables out of dep-info and gives its text for any clone; none when a file is outside of the package.
    fn dep_info(&mut self, text: &str, call: &Call) -> Option<String> {
        let script_out = env::var("OUT_DIR").ok();
        for line in text.lines() {
            if let Some(variable) = line.strip_prefix("# env-dep:") {
                let name = variable.split('=').next().unwrap_or_default();
                // Cargo's own are in the key, and so is what lies in OUT_DIR.
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

    /// Whether the variables have the values that they had.
    fn environment_holds(&self) -> bool {
        self.environment.iter().all(|(name, value)| env::var(name).ok() == *value)
    }

    fn encode(&self) -> Vec<u8> {
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

    /// None when a byte is not as it was written.
    fn decode(bytes: &[u8]) -> Option<Self> {
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

    /// Writes the files where rustc would have, then says what rustc would have said.
    fn restore(&self, call: &Call) -> io::Result<()> {
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

    /// Under a name of its own first: a reader sees the whole entry or none.
    fn publish(&self, entry: &Path) -> io::Result<()> {
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

/// Without "..": cargo starts rustc in the package's directory, or gives whole paths.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in env::current_dir().unwrap_or_default().join(path).components() {
        match part {
            Component::ParentDir => _ = plain.pop(),
            part => plain.push(part),
        }
    }
    plain
}

fn temporary(directory: &Path) -> PathBuf {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    directory.join(format!("tmp-{}-{}", process::id(), now.as_nanos()))
}

/// A path as it stands inside a JSON string.
fn json(path: &str) -> String {
    path.replace('\\', "\\\\").replace('"', "\\\"")
}

/// How dep-info writes the path of an input, and of a variable's value; the names of outputs stand there as they are.
fn path_style(line: &str) -> fn(&str) -> String {
    if line.starts_with("# env-dep:") { |path| path.replace('\\', "\\\\") } else { |path| path.replace(' ', "\\ ") }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    !part.is_empty() && bytes.windows(part.len()).any(|window| window[0] == part[0] && window == part)
}

fn field(all: &mut Vec<u8>, bytes: &[u8]) {
    all.extend((bytes.len() as u64).to_le_bytes());
    all.extend(bytes);
}

fn take<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    if length > rest.len() {
        return None;
    }
    let (part, rest) = rest.split_at(length);
    *bytes = rest;
    Some(part)
}

fn digest(bytes: &[u8]) -> String {
    let mut sha = Sha256::new();
    sha.update(bytes);
    sha.hex()
}

/// FIPS 180-4.
struct Sha256 {
    state: [u32; 8],
    block: Vec<u8>,
    length: u64,
}

impl Sha256 {
    fn new() -> Self {
        Self { state: fractions(2), block: Vec::with_capacity(64), length: 0 }
    }

    /// With its length, so that two fields cannot be taken for two others.
    fn field(&mut self, bytes: &[u8]) {
        self.update(&(bytes.len() as u64).to_le_bytes());
        self.update(bytes);
    }

    fn update(&mut self, mut bytes: &[u8]) {
        self.length += bytes.len() as u64;
        if !self.block.is_empty() {
            let part = bytes.len().min(64 - self.block.len());
            self.block.extend(&bytes[..part]);
            bytes = &bytes[part..];
            if self.block.len() < 64 {
                return;
            }
            let block = std::mem::take(&mut self.block);
            self.mix(&block);
        }
        let blocks = bytes.chunks_exact(64);
        self.block.extend(blocks.remainder());
        blocks.for_each(|block| self.mix(block));
    }

    fn mix(&mut self, block: &[u8]) {
        let mut w = [0u32; 64];
        for (word, four) in w.iter_mut().zip(block.chunks_exact(4)) {
            *word = u32::from_be_bytes([four[0], four[1], four[2], four[3]]);
        }
        for i in 16..64 {
            let a = w[i - 15].rotate_right(7) ^ w[i - 15].rotate_right(18) ^ (w[i - 15] >> 3);
            let b = w[i - 2].rotate_right(17) ^ w[i - 2].rotate_right(19) ^ (w[i - 2] >> 10);
            w[i] = w[i - 16].wrapping_add(a).wrapping_add(w[i - 7]).wrapping_add(b);
        }
        let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = self.state;
        for (k, w) in ROUNDS.iter().zip(w) {
            let s = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
            let one = h.wrapping_add(s).wrapping_add((e & f) ^ (!e & g)).wrapping_add(*k).wrapping_add(w);
            let s = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
            let two = s.wrapping_add((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d.wrapping_add(one), c, b, a, one.wrapping_add(two));
        }
        for (state, new) in self.state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
            *state = state.wrapping_add(new);
        }
    }

    fn hex(mut self) -> String {
        let bits = self.length * 8;
        self.update(&[0x80]);
        while self.block.len() != 56 {
            self.update(&[0]);
        }
        self.update(&bits.to_be_bytes());
        self.state.iter().map(|word| format!("{word:08x}")).collect()
    }
}

/// Its constants: the first 32 bits of the fractions of the cube roots of the first 64 primes.
const ROUNDS: [u32; 64] = fractions(3);

/// The same of the square roots (power 2) or cube roots (power 3), found by halving.
const fn fractions<const N: usize>(power: u32) -> [u32; N] {
    let mut found = [0u32; N];
    let mut prime = 2;
    let mut count = 0;
    while count < N {
        if is_prime(prime) {
            found[count] = fraction(prime, power);
            count += 1;
        }
        prime += 1;
    }
    found
}

const fn is_prime(number: u32) -> bool {
    let mut divisor = 2;
    while divisor * divisor <= number {
        if number % divisor == 0 {
            return false;
        }
        divisor += 1;
    }
    true
}

/// The largest r with r^power <= prime * 2^(32 * power), without its whole part.
const fn fraction(prime: u32, power: u32) -> u32 {
    let wanted = (prime as u128) << (32 * power);
    let mut root: u128 = 0;
    let mut bit: u128 = 1 << 37;
    while bit > 0 {
        let larger = root | bit;
        if larger.pow(power) <= wanted {
            root = larger;
        }
        bit >>= 1;
    }
    root as u32
}
