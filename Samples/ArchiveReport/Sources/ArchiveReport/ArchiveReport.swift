import Catalog
import Foundation
import HTTP
import Tunnel
import Vocabulary

/// Prints what an archive holds, camera by camera, and, where there is a tunnel, what is left of its allowance.
///
///     swift run ArchiveReport ~/.local/share/printlapse/archive.sqlite
///     PRINTLAPSE_TUNNEL=https://USER:PASSWORD@… swift run ArchiveReport archive.sqlite
@main struct ArchiveReport {
    static func main() async throws {
        guard CommandLine.arguments.count == 2 else {
            print("usage: ArchiveReport ARCHIVE")
            exit(64)
        }
        // Reading never blocks a capture that writes to the same archive.
        let catalog = try Catalog.open(at: CommandLine.arguments[1])
        for camera in try await catalog.cameras() {
            let total = try await catalog.count(FrameQuery(camera: camera.name))
            print("\(camera.name): \(total.frames) frames, \(total.bytes)")
            if let frame = camera.lastFrame {
                print("  last frame: \(frame.id), \(frame.size), captured at \(frame.capturedAt)")
            }
            if let run = camera.lastRun {
                print("  last outcome: \(run.outcome.rawValue)\(run.detail.map { ", \($0)" } ?? "")")
            }
        }
        try catalog.close()

        // The endpoint holds a password. `TunnelEndpoint` never prints it.
        if let text = ProcessInfo.processInfo.environment["PRINTLAPSE_TUNNEL"] {
            try await reportAllowance(of: TunnelEndpoint(parsing: text))
        }
    }

    private static func reportAllowance(of endpoint: TunnelEndpoint) async throws {
        let connections = HTTPConnections()
        let client = TunnelClient(endpoint: endpoint, transport: connections)
        let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        do {
            let usage = try await client.usage(at: now)
            let cap = usage.monthlyCap.map { "of \($0)" } ?? "(unlimited)"
            print("allowance of \(endpoint): used \(usage.total) \(cap) until \(usage.resetAt)")
        } catch {
            print("allowance of \(endpoint): \(error.description)\n  \(error.hint)")
        }
        await connections.shutdown()
    }
}
