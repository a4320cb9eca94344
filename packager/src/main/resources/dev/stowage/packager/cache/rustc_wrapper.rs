//! cargo calls this program in place of rustc (RUSTC_WRAPPER). It stores the output of rustc for third-party
//! crates, so that the next clone copies it. The packager compiles this file once per rustc; it needs only
//! std.
//!
//! A crate is third-party if cargo unpacked it below its home directory. The name of its entry is a digest of
//! all inputs: the compiler, arguments, variables, the files of the package, the output of the build script,
//! and the crates it uses. All other calls go to rustc unchanged. A build that succeeds with rustc alone must
//! not fail because of this program.

mod entry;
mod sha256;

use entry::Entry;
use sha256::Sha256;
use std::collections::BTreeMap;
use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Component, Path, PathBuf};
use std::process::{self, Command, Stdio};
use std::time::SystemTime;

/// Part of every key, so that entries of another version of this program are not read.
const SELF: [&[u8]; 3] = [include_bytes!("rustc_wrapper.rs"), include_bytes!("entry.rs"), include_bytes!("sha256.rs")];

/// First line of an entry.
const MAGIC: &str = "stowage-crate";

/// Replaces the output directory in stored texts.
const OUT: &str = "\u{1}out\u{1}";

/// Replaces the build script's output directory in stored texts.
const SCRIPT_OUT: &str = "\u{1}script\u{1}";

/// Variables that change the output of rustc, besides those that cargo sets and those in dep-info.
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
    // rustc uses the last prefix that matches; this one is the longest.
    all.push(OsString::from(format!("--remap-path-prefix={}=target", settings.target.display())));
    // cargo gives no hash to the file names of a project's C library; all crates that can be stored have one.
    let Some(store) = settings.store.as_ref().filter(|_| third_party && !call.extra.is_empty()) else {
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

/// Runs rustc and exits with its exit code.
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

/// The settings that the packager passes in variables.
struct Settings {
    /// Directory of the entries; None if only the remaps are needed.
    store: Option<PathBuf>,
    /// A directory for this build alone: notes for the packager, and the identity of the compiler.
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

    /// Packages of the project and its path dependencies are in other directories.
    fn third_party(&self, package: &Path) -> bool {
        let home = &self.cargo_home;
        home.is_absolute()
            && (package.starts_with(home.join("registry").join("src"))
                || package.starts_with(home.join("git").join("checkouts")))
            && !package.components().any(|c| c == Component::ParentDir)
    }

    /// Adds a line for the packager, which reads the notes after cargo has ended. Lines this short are
    /// written at once.
    fn note(&self, line: &str) {
        let file = fs::OpenOptions::new().create(true).append(true).open(self.state.join("notes"));
        if let Ok(mut file) = file {
            let _ = file.write_all(format!("{}\n", line.replace('\n', " ")).as_bytes());
        }
    }
}

/// A compilation of one library, as cargo requests it.
struct Call {
    name: String,
    package: PathBuf,
    out: PathBuf,
    /// The part of each file name after the crate's name.
    extra: String,
    /// Name and file of each crate it uses.
    externs: Vec<(String, PathBuf)>,
    /// All other arguments.
    rest: Vec<String>,
    library: bool,
}

impl Call {
    /// None for other calls: queries by cargo, and tests that build scripts run.
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
                    // Directories in which --extern crates find their own dependencies, which they name by
                    // digest.
                    if !value.starts_with("dependency=") {
                        call.rest.push(format!("-L{value}"));
                    }
                }
                "-C" => call.codegen(words.next()??),
                _ => call.other(word),
            }
        }
        let compiles = !call.name.is_empty() && !call.out.as_os_str().is_empty();
        compiles.then_some(call)
    }

    fn codegen(&mut self, value: &str) {
        match value.strip_prefix("extra-filename=") {
            Some(extra) => {
                self.extra = extra.into();
                self.rest.push(value.into());
            }
            // The linker is used for macros only, which run inside the compiler.
            None if value.starts_with("linker=") => {}
            None => self.rest.push(format!("-C{value}")),
        }
    }

    fn other(&mut self, word: &str) {
        match word.strip_prefix("--sysroot=") {
            // The packager names a sysroot by a digest of its inputs.
            Some(path) => {
                let name = Path::new(path).file_name().unwrap_or_default();
                self.rest.push(format!("--sysroot={}", name.to_string_lossy()));
            }
            None if word.starts_with("--diagnostic-width=") => {}
            None => self.rest.push(word.into()),
        }
    }

    /// Prefixes of the names of all files that rustc writes.
    fn stems(&self) -> [String; 2] {
        [format!("lib{}{}.", self.name, self.extra), format!("{}{}.", self.name, self.extra)]
    }
}

/// The digest of all inputs of the crate; None if an input cannot be covered.
fn key(rustc: &OsStr, call: &Call, settings: &Settings) -> io::Result<Option<String>> {
    if !call.library {
        return Ok(None);
    }
    let script_out = env::var("OUT_DIR").ok();
    let target = settings.target.to_string_lossy();
    let mut all = Sha256::new();
    for source in SELF {
        all.field(source);
    }
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

/// Adds names and contents of all files below a directory, in an order that is the same everywhere.
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

/// rustc's version output and the time stamp of its file, because distributions rebuild a version. It is
/// computed once per build.
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

/// Restores the crate from its entry, or compiles it and stores an entry.
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

/// Marks the entry as used; the packager deletes entries that were not used for a long time.
fn touch(entry: &Path) {
    if let Ok(file) = fs::OpenOptions::new().write(true).open(entry) {
        let _ = file.set_modified(SystemTime::now());
    }
}

/// Runs rustc and forwards each line of its messages at once, because cargo starts dependent crates when it
/// reads some of them.
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

/// Removes "..": cargo starts rustc in the package's directory, or passes absolute paths.
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

/// Escapes a path for a JSON string.
fn json(path: &str) -> String {
    path.replace('\\', "\\\\").replace('"', "\\\"")
}

/// The escaping of paths in dep-info: of inputs and of values of variables. Names of outputs are not escaped.
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
