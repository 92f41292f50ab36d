internal import Foundation
package import Vocabulary

/// Another process that reads one state of an archive at length, so that SQLite's log cannot begin anew.
package struct LogReader: Hashable, Sendable, CustomStringConvertible {
    package let process: Int32
    /// The program's name, empty where it is not known.
    package let program: String

    package var description: String {
        program.isEmpty ? "process \(process)" : "\(program) (process \(process))"
    }

    /// Those that hold a state of the archive at this moment; most hold theirs for milliseconds.
    ///
    /// SQLite's readers lock one of five bytes of `PATH-shm` (https://www.sqlite.org/walformat.html#wal_locks), and the kernel
    /// lists who locks what (proc_locks(5)). It gives that list a page at a time, each from where the last one ended by count:
    /// a lock that anybody lets go in between hides another one. The list is read until it names somebody, a hundred times.
    package static func others(ofArchive path: String) -> [LogReader] {
        var status = stat()
        guard stat(path + "-shm", &status) == 0 else { return [] }
        let inode = UInt64(status.st_ino)
        let readings = (0..<100).lazy.compactMap { _ in try? String(contentsOfFile: "/proc/locks", encoding: .utf8) }
            .map { processes(readingBy: inode, in: $0).subtracting([ProcessInfo.processInfo.processIdentifier]) }
        return (readings.first { !$0.isEmpty } ?? []).sorted().map { process in
            let name = try? String(contentsOfFile: "/proc/\(process)/comm", encoding: .utf8)
            return LogReader(process: process, program: (name ?? "").filter { !$0.isNewline }.printable)
        }
    }

    /// A line is `1: POSIX  ADVISORY  READ 4242 08:01:131074 124 124`.
    static func processes(readingBy inode: UInt64, in locks: String) -> Set<Int32> {
        var processes: Set<Int32> = []
        for line in locks.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count >= 8, fields[1] == "POSIX", fields[3] == "READ",
                fields[5].split(separator: ":").last == "\(inode)", let process = Int32(fields[4]),
                let first = Int(fields[6]), let last = Int(fields[7]), first <= 127, last >= 123
            else { continue }
            processes.insert(process)
        }
        return processes
    }

    /// What is told of a log that has grown to this size.
    package static func sentence(_ size: ByteCount, _ readers: [LogReader]) -> String {
        let who = readers.isEmpty ? "somebody" : readers.map(\.description).joined(separator: ", ")
        return
            "The archive's log has grown to \(size), because \(who) has been reading one state of the archive for long."
    }

    /// What the person does about it.
    package static let hint = """
        End that program, or its transaction: until then the log grows with each frame. Frames are stored all the same.
        """
}
