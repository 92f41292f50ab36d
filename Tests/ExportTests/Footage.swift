import Archive
import Catalog
import Deduplication
import Foundation
import NIOCore
import Storage
import TestSupport
import Validation
import Vocabulary

@testable import Export

/// A picture to be archived, and when.
struct Shot {
    var picture: TestJPEG
    var camera = "printer"
    var time = Footage.start
    /// The print that it shows, as that stood then.
    var print: PrintJob?
}

/// An archive with frames in it, and a folder beside it to export into.
final class Footage: Sendable {
    static let start = Timestamp(milliseconds: 1_795_442_700_250)

    let folder: TemporaryFolder
    let catalog: Catalog
    let frames: [ArchivedFrame]
    private let shots: [Shot]

    /// Archives pictures as a capture does.
    init(_ shots: [Shot]) async throws {
        // As the program does: a child that dies early is to end an export and not the tests.
        signal(SIGPIPE, SIG_IGN)
        folder = try TemporaryFolder()
        let archive = try await FrameArchive.open(at: folder("archive.sqlite"))
        var frames: [ArchivedFrame] = []
        for shot in shots {
            let valid = try FrameValidator().validate(shot.picture.snapshot(from: shot.camera, at: shot.time))
            guard case .novel(let novel) = Deduplicator().examine(valid, against: nil) else { continue }
            let slot = Slot(due: shot.time, interval: .seconds(1))
            frames.append(
                try await archive.store(
                    novel, for: slot, received: .zero, circumstances: FrameCircumstances(print: shot.print)))
        }
        try await archive.close()
        (self.frames, self.shots) = (frames, shots)
        catalog = try Catalog.open(at: folder("archive.sqlite"))
        try FileManager.default.createDirectory(atPath: folder("out"), withIntermediateDirectories: false)
    }

    /// So many small frames of one camera, a second apart.
    convenience init(count: Int, width: Int = 96, height: Int = 64) async throws {
        try await self.init(
            (0..<count).map { number in
                Shot(
                    picture: .picture(width: width, height: height, seed: UInt64(number)),
                    time: Self.start + .seconds(number))
            })
    }

    /// Where exports go.
    var outputs: TemporaryFolder.Contents { folder.contents(of: "out") }

    /// An export of everything.
    func request(_ output: String, _ change: (inout ExportRequest) -> Void = { _ in }) -> ExportRequest {
        var request = ExportRequest(frames: FrameQuery(), output: folder("out/\(output)"))
        change(&request)
        return request
    }

    func export(
        _ output: String, searchPath: String? = nil, stallLimit: Duration = .seconds(60),
        _ change: (inout ExportRequest) -> Void = { _ in }
    ) async throws(ExportError) -> ExportResult {
        try await Exporter(catalog: catalog, searchPath: searchPath, stallLimit: stallLimit)
            .export(request(output, change))
    }

    /// Flips a bit of a frame's stored picture, as a failing disk does.
    ///
    /// In every copy: where SQLite has divided a page, what it moved away still lies in the part that is free.
    func damage(_ number: Int) throws {
        let path = folder("archive.sqlite")
        var file = try Data(contentsOf: URL(fileURLWithPath: path))
        let end = Data(shots[number].picture.bytes.suffix(200))
        var rest = file.startIndex..<file.endIndex
        while let place = file.range(of: end, in: rest) {
            file[place.lowerBound + 50] ^= 1
            rest = place.upperBound..<file.endIndex
        }
        precondition(rest.lowerBound > file.startIndex, "the picture is nowhere in the file")
        // In place: the catalog has the file open.
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.write(contentsOf: file)
        try handle.close()
    }
}

extension TemporaryFolder {
    /// What a folder within this one holds.
    struct Contents {
        let path: String
        var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }
        func callAsFunction(_ name: String) -> String { path + "/" + name }
        func data(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: self(name))) }
    }

    func contents(of name: String) -> Contents { Contents(path: self(name)) }
}
