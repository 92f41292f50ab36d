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
