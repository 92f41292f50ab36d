import Archive
import Care
import Catalog
import Deduplication
import Foundation
import NIOCore
import Packs
import Storage
import Stores
import TestSupport
import Validation
import Vocabulary

extension CameraName {
    static let printer = try! CameraName("printer")
    static let other = try! CameraName("Käfer & Co")
}

extension Timestamp {
    /// 2026-11-23T14:05:00.250Z
    static let start = Timestamp(milliseconds: 1_795_442_700_250)
    static let monthLater = start + .seconds(30 * 86_400)
}

/// Opens stores that need no credentials.
let openingStores: StoreOpening = { location throws(StoreError) in try StoreLocation(location).open(in: [:]) }

/// An archive with pictures in it, and a folder beside it that is a store.
final class PackBench: Sendable {
    let folder: TemporaryFolder
    var path: String { folder("archive.sqlite") }
    var packs: String { folder("packs") }

    init() throws {
        folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: packs, withIntermediateDirectories: false)
    }

    func open(_ role: ArchiveRole = .care) async throws -> FrameArchive {
        try await FrameArchive.open(at: path, application: "tests", role: role)
    }

    /// Archives the pictures of some numbers, a minute apart: another one for each number.
    ///
    /// - Parameter start: when the first is captured; a ledger without a hole goes on right after the ones before.
    @discardableResult
    func capture(
        _ numbers: [Int], camera: CameraName = .printer, from start: Timestamp = .start, padding: Int = 0
    ) async throws -> [ArchivedFrame] {
        let archive = try await open(.capture)
        var frames: [ArchivedFrame] = []
        for (place, number) in numbers.enumerated() {
            let instant = start + .seconds(60 * place)
            frames.append(
                try await archive.store(
                    Self.picture(number, camera: camera, at: instant, padding: padding),
                    for: Slot(due: instant, interval: .seconds(60)), received: .zero))
        }
        try await archive.close()
        return frames
    }

    static func picture(
        _ number: Int, camera: CameraName, at instant: Timestamp, padding: Int = 0
    ) throws -> NovelFrame {
        var picture = TestJPEG.picture(width: 96, height: 64, seed: UInt64(number))
        for _ in 0..<padding { picture = picture.inserting(0xFE, Array(repeating: UInt8(number & 255), count: 65_000)) }
        let valid = try FrameValidator().validate(picture.snapshot(from: camera.text, at: instant))
        guard case .novel(let novel) = Deduplicator().examine(valid, against: nil) else {
            preconditionFailure("nothing was kept that the frame could repeat")
        }
        return novel
    }

    func store(_ folder: String? = nil) throws -> any ObjectStore {
        try StoreLocation(folder ?? packs).open(in: [:])
    }

    /// Moves what is older than an hour, seen a month later.
    @discardableResult
    func offload(
        olderThan age: Duration = .seconds(3600), at now: Timestamp = .monthLater
    ) async throws -> OffloadReport {
        let archive = try await open()
        let report = try await archive.offload(
            OffloadRequest(olderThan: age, keepFree: nil), to: store(), beside: openingStores, at: now)
        try await archive.close()
        return report
    }

    var reader: PackReader { PackReader(environment: [:]) }

    func catalog(reading packs: PackReader? = nil) throws -> Catalog {
        try Catalog.open(at: path, reading: packs ?? reader)
    }

    /// Every frame's picture, by frame.
    func pictures() async throws -> [FrameID: [UInt8]] {
        let catalog = try catalog()
        var pictures: [FrameID: [UInt8]] = [:]
        for frame in try await catalog.frames(FrameQuery()) {
            pictures[frame.id] = try await Array(catalog.picture(of: frame).readableBytesView)
        }
        try catalog.close()
        return pictures
    }

    /// The packs in the store, by their paths.
    var packFiles: [String] {
        (FileManager.default.enumerator(atPath: packs)?.compactMap { $0 as? String } ?? [])
            .filter { $0.hasSuffix(".zip") }.sorted().map { packs + "/" + $0 }
    }

    var fileSize: Int {
        get throws {
            try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        }
    }

    /// Flips a bit of every pack.
    func damagePacks() throws {
        for file in packFiles {
            var bytes = try Data(contentsOf: URL(filePath: file))
            // In the scan of the first picture.
            bytes[700] ^= 1
            let handle = try FileHandle(forWritingTo: URL(filePath: file))
            try handle.write(contentsOf: bytes)
            try handle.close()
        }
    }
}

/// What a program of the system says.
func tool(_ program: String, _ arguments: String..., in folder: String? = nil) throws -> (status: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    if let folder { process.currentDirectoryURL = URL(filePath: folder) }
    let output = Pipe()
    (process.standardInput, process.standardOutput, process.standardError) = (FileHandle.nullDevice, output, output)
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text)
}
