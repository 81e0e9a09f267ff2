//! The command-line program; everything is in [`blueprose::cli`].

fn main() -> std::process::ExitCode {
    blueprose::cli::run()
}
