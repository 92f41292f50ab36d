internal import Foundation

/// What a process takes of the machine, as Linux tells it in `/proc` (proc(5)).
package struct ProcessFigures: Sendable {
    /// Resident memory in KiB.
    package let resident: Int
    /// The most that was ever resident, in KiB.
    package let peak: Int
    package let threads: Int
    package let descriptors: Int
    /// Processor time, in user and kernel mode together.
    package let processorTime: Duration

    /// - Parameter process: `nil` for this one.
    package init(of process: Int32? = nil) throws {
        let folder = "/proc/" + (process.map { "\($0)" } ?? "self")
        let status = try Self.status(in: folder)
        func number(_ name: String) -> Int { status[name]?.split(separator: " ").first.flatMap { Int($0) } ?? 0 }
        (resident, peak, threads) = (number("VmRSS"), number("VmHWM"), number("Threads"))
        descriptors = try FileManager.default.contentsOfDirectory(atPath: folder + "/fd").count

        // The second field is the program's name in parentheses, which may hold spaces; user and system time are the 14th and 15th.
        let statistics = try String(contentsOfFile: folder + "/stat", encoding: .utf8)
        let fields = statistics.split(separator: ")").last?.split(separator: " ") ?? []
        let ticks = fields.count > 12 ? (Int64(fields[11]) ?? 0) + (Int64(fields[12]) ?? 0) : 0
        processorTime = .milliseconds(ticks * 1000 / Int64(sysconf(Int32(_SC_CLK_TCK))))
    }

    /// The cores that this process may use, as `core 0-1`.
    package static var allowedCores: String {
        let list = (try? status(in: "/proc/self"))?["Cpus_allowed_list"]
        return "core \(list ?? "any")"
    }

    private static func status(in folder: String) throws -> [String: String] {
        let lines = try String(contentsOfFile: folder + "/status", encoding: .utf8).split(separator: "\n")
        return lines.reduce(into: [:]) { fields, line in
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2 { fields[String(parts[0])] = parts[1].trimmingCharacters(in: .whitespaces) }
        }
    }
}
