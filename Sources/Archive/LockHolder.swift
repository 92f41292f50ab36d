internal import Foundation
internal import Vocabulary

/// Who writes to an archive, as the archive's lock file says.
public struct LockHolder: Hashable, Sendable, CustomStringConvertible {
    /// The process, 0 where the lock file does not tell.
    public let process: Int32
    public let host: String
    public let program: String
    /// Since when, RFC 3339 in UTC.
    public let since: String
    /// Whether it opened the archive by another name than ours: a hard link, or a bind mount of the file.
    public let isByAnotherName: Bool

    init(process: Int32, host: String, program: String, since: String, isByAnotherName: Bool = false) {
        self.isByAnotherName = isByAnotherName
        self.process = process
        self.host = host.printable
        self.program = program.printable
        self.since = since.printable
    }

    /// This process, from now on.
    package static func current(program: String) -> LockHolder {
        let now = Timestamp.wallClock
        let process = ProcessInfo.processInfo
        return LockHolder(
            process: process.processIdentifier, host: process.hostName, program: program, since: now.description)
    }

    /// Reads what ``fileText`` wrote. Lines that are missing or not understood leave their field empty.
    init(fileText: String) {
        var fields: [Substring: String] = [:]
        for line in fileText.split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: " ", maxSplits: 1)
            if parts.count == 2 { fields[parts[0]] = String(parts[1]) }
        }
        self.init(
            process: fields["pid"].flatMap { Int32($0) } ?? 0, host: fields["host"] ?? "",
            program: fields["program"] ?? "", since: fields["since"] ?? "")
    }

    /// The lock file's content: one `key value` a line.
    var fileText: String {
        "pid \(process)\nhost \(host)\nprogram \(program)\nsince \(since)\n"
    }

    public var description: String {
        guard !isByAnotherName else {
            return (process == 0 ? "another process" : "\(program), process \(process),")
                + " by another name of the file (a hard link or a bind mount)"
        }
        guard process != 0 else { return "another process" }
        var text = program.isEmpty ? "process \(process)" : "\(program), process \(process)"
        if !host.isEmpty { text += " on \(host)" }
        if !since.isEmpty { text += ", since \(since)" }
        return text
    }
}
