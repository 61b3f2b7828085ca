//! The `byline` command.

fn main() -> std::process::ExitCode {
    byline::faces::cli::main()
}
