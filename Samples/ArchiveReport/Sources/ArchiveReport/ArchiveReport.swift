import Foundation

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
        let holdings = try Holdings(of: CommandLine.arguments[1])
        try await holdings.printCameras()
        try await holdings.printHoles()
        try await holdings.printNewestPicture()
        try holdings.catalog.close()

        if let endpoint = ProcessInfo.processInfo.environment["PRINTLAPSE_TUNNEL"] {
            let allowance = try Allowance(of: endpoint)
            await allowance.printUsage()
            await allowance.printPicture()
            await allowance.connections.shutdown()
        }
    }
}
