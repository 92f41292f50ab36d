import Archive
import Care
import Catalog
import Deduplication
import Foundation
import NIOCore
import Storage
import TestSupport
import Validation
import Vocabulary

@testable import Import

/// A folder with an archive and with what is to be imported.
final class ImportBench: Sendable {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    var archivePath: String { path("archive.sqlite") }

    func path(_ name: String) -> String { folder.url.appending(path: name).path }

    private static let scene = TestJPEG.picture(width: 64, height: 48)

    /// A small picture; another one for each number.
    static func picture(_ number: Int) -> TestJPEG { scene.inserting(0xFE, Array("picture \(number)".utf8)) }

    /// Writes a file, and the folders above it.
    func write(_ bytes: [UInt8], to name: String, date: Timestamp? = nil) throws {
        let url = folder.url.appending(path: name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
        guard let date else { return }
        let seconds = Date(timeIntervalSince1970: Double(date.milliseconds) / 1000)
        try FileManager.default.setAttributes([.modificationDate: seconds], ofItemAtPath: url.path)
    }

    @discardableResult
    func run(_ sources: String..., settings: ImportSettings = .utc) async throws -> ImportReport {
        let archive = try await FrameArchive.open(at: archivePath, role: .care)
        do {
            let report = try await FrameImporter(into: archive, settings: settings).run(
                sources.map { try ImportSource(at: path($0)) })
            try await archive.close()
            return report
        } catch {
            try await archive.close()
            throw error
        }
    }

    /// All frames in the order of time, once the archive was found to be sound.
    func frames(of archive: String? = nil) async throws -> [ArchivedFrame] {
        let catalog = try Catalog.open(at: archive ?? archivePath)
        defer { try? catalog.close() }
        let report = try await catalog.verify()
        guard report.isSound else { throw Unsound(problems: report.problems + report.damaged.map(\.problem)) }
        var frames: [ArchivedFrame] = []
        try await catalog.forEachFrame(FrameQuery()) { frames.append($0) }
        return frames
    }

    struct Unsound: Error { let problems: [String] }
}

extension ImportSettings {
    static var utc: ImportSettings { ImportSettings(timeZone: .gmt) }
}

extension Timestamp {
    /// 2026-11-23T14:05:10Z
    static let start = Timestamp(seconds: 1_795_442_710)
}

extension CameraName {
    static let printer = try! CameraName("printer")
    static let other = try! CameraName("other")
}
