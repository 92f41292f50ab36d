internal import Foundation

extension LockHolder {
    /// Who writes to an archive now, if anybody does.
    ///
    /// The kernel's list of locks (proc_locks(5)) is asked, because taking the lock to see whether it is free could
    /// keep a capture that starts at that moment from having it.
    package static func current(ofArchive path: String) -> LockHolder? {
        let path = ArchiveFile.resolved(path) + "-lock"
        var status = stat()
        guard stat(path, &status) == 0,
            let locks = try? String(contentsOfFile: "/proc/locks", encoding: .utf8),
            isLocked(inode: UInt64(status.st_ino), in: locks)
        else { return nil }
        return LockHolder(fileText: (try? String(contentsOfFile: path, encoding: .utf8)) ?? "")
    }

    /// Who has the archive open by a name that is not known to us, as far as the kernel's list of locks tells: SQLite locks the
    /// file for as long as it has it open, and not in the name of a file description as ``FileLock`` does.
    static func byAnotherName(ofArchive path: String) -> LockHolder {
        var status = stat()
        let list = try? String(contentsOfFile: "/proc/locks", encoding: .utf8)
        let processes =
            stat(path, &status) == 0 ? Self.processes(reading: UInt64(status.st_ino), in: list ?? "") : []
        let others = processes.filter { $0 != ProcessInfo.processInfo.processIdentifier }
            .map { process in
                let name = try? String(contentsOfFile: "/proc/\(process)/comm", encoding: .utf8)
                return LockHolder(
                    process: process, host: "", program: (name ?? "").filter { !$0.isNewline }, since: "",
                    isByAnotherName: true)
            }
        return others.first { $0.program == "printlapse" } ?? others.first
            ?? LockHolder(process: 0, host: "", program: "", since: "", isByAnotherName: true)
    }

    /// A line is `1: POSIX  ADVISORY  READ 4242 08:01:131074 1073741826 1073742335`.
    static func processes(reading inode: UInt64, in locks: String) -> [Int32] {
        locks.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count >= 8, fields[1] == "POSIX", fields[5].split(separator: ":").last == "\(inode)",
                let process = Int32(fields[4]), process > 0
            else { return nil }
            return process
        }.sorted()
    }

    /// A line is `1: FLOCK  ADVISORY  WRITE 4242 08:01:131074 0 EOF`; those who wait have `->` behind the number. Devices
    /// are not compared: some file systems show another one here than to stat(2).
    static func isLocked(inode: UInt64, in locks: String) -> Bool {
        locks.split(separator: "\n").contains { line in
            let fields = line.split(separator: " ")
            return fields.count >= 6 && fields[1] == "FLOCK" && fields[3] == "WRITE"
                && fields[5].split(separator: ":").last == "\(inode)"
        }
    }
}
