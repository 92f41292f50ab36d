import ArgumentParser

/// What the program's exit code says; scripts rely on these numbers.
enum ExitStatus: Int32, CaseIterable {
    case done = 0
    /// Ran, and found or met something wrong.
    case wrong = 1
    case doneInPart = 3
    case noArchive = 10
    case archiveInUse = 11
    case credentialsRefused = 12
    case capReached = 13
    case usage = 64
    case configuration = 78
    case interrupted = 130

    var code: ExitCode { ExitCode(rawValue) }
}
