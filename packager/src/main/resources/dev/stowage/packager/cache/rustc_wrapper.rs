//! cargo calls this program in place of rustc (RUSTC_WRAPPER). It keeps what rustc makes of third-party crates, so that
//! the next clone copies it. The packager compiles this file once for each rustc, with nothing but std.
//!
//! A crate is third-party when cargo unpacked it below its home directory. Its entry is named after a digest of all
//! that rustc gets: the compiler, arguments, variables, the package's files, the build script's output, and the crates
//! it uses. Everything else goes to rustc as it is. Nothing here may fail a build that rustc alone would pass.

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

/// Part of every key: entries that another version of this program wrote are not read.
const SELF: [&[u8]; 3] = [include_bytes!("rustc_wrapper.rs"), include_bytes!("entry.rs"), include_bytes!("sha256.rs")];

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
    // cargo puts no hash into the file names of a project's C library; every crate that can be kept has one.
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
        let compiles = !call.name.is_empty() && !call.out.as_os_str().is_empty();
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
