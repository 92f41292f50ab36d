import Archive
import Deduplication
import Foundation
import NIOCore
import Storage
import TestSupport
import Validation
import Vocabulary

/// How many bytes are written to the disk for a frame of a lone camera, whose commits share nothing with others, as a multiple
/// of the picture; beside a row with the picture in SQLite, and beside a file for each.
///
/// Everything that has a picture in the file and its log, or a file written whole, is at 2.0 or 1.0 at least.
struct WearBenchmark {
    /// Frames of each size.
    let count: Int
    /// Frames that the archive has already: an index of a large archive is written to in many places.
    let earlier: Int

    func run(in folder: URL) async throws {
        print(
            """
            \(count) frames of a lone camera, in an archive of \(earlier) earlier ones; bytes written as multiples of the picture,
            from the first frame to the closed archive. Bare: a row with the picture in SQLite (WAL, synchronous=FULL, pages of
            4 KiB); a file, synced, renamed, and its folder synced.

            picture              printlapse   of it to the log   bare row    a file   frame's log
            """)
        for (width, height) in [(528, 400), (672, 496), (1280, 720)] {
            let pictures = CameraPictures(width: width, height: height)
            let bytes = (0..<count).reduce(0) { $0 + pictures.picture($1).count }
            let path = folder.appending(path: "\(width).printlapse").path
            let (ours, log) = try await capture(pictures, into: path)
            let row = try await WrittenBytes.during {
                let bare = try BarePath(database: path + "-bare", size: pictures.size)
                for number in 0..<count { _ = try bare.take(pictures.picture(number), number: number) }
            }
            let files = try await WrittenBytes.during { try write(pictures, to: folder.appending(path: "\(width)")) }
            func times(_ written: Int) -> String { (Double(written) / Double(bytes)).formatted(places: 2) }
            print(
                "\(pictures.size), \(ByteCount(bytes / count))".filled(to: 21) + times(ours).right(in: 10)
                    + times(log).right(in: 19) + times(row).right(in: 11) + times(files).right(in: 10)
                    + "\(ByteCount(log / count))".right(in: 14))
            fflush(nil)
        }
    }

    /// - Returns: all that was written, and what lies in the log at the end.
    private func capture(_ pictures: CameraPictures, into path: String) async throws -> (all: Int, log: Int) {
        try await CatalogArchive(path: path, frames: earlier).make(withPictures: true)
        let archive = try await FrameArchive.open(at: path)
        let camera = try CameraName("lone")
        let start = Timestamp(milliseconds: CatalogArchive.start + CatalogArchive.year) + .seconds(86_400)
        let print = PrintJob(number: 1, name: "part.gcode", startedAt: start, toldBy: .octoPrint)
        var kept: LastKept?
        var log = 0
        let all = try await WrittenBytes.during {
            for number in 0..<count {
                let due = start + .seconds(10 * number)
                let snapshot = Snapshot(
                    bytes: ByteBuffer(bytes: pictures.picture(number)),
                    origin: SnapshotOrigin(camera: camera, source: .webcamAPI, receivedAt: due))
                let frame = try FrameValidator().validate(snapshot)
                guard case .novel(let novel) = Deduplicator().examine(frame, against: kept) else {
                    throw Unexpected.repetition
                }
                let stored = try await archive.store(
                    novel, for: Slot(due: due, interval: .seconds(10)),
                    received: ByteCount(snapshot.bytes.readableBytes),
                    circumstances: FrameCircumstances(print: print))
                kept = LastKept(frame: stored.id, sha256: stored.sha256, capturedAt: due, luma: frame.luma)
            }
            log = try Self.size(of: path + "-wal")
            try await archive.close()
        }
        return (all, log)
    }

    private func write(_ pictures: CameraPictures, to folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        let directory = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { close(directory) }
        for number in 0..<count {
            let picture = pictures.picture(number)
            let file = openat(directory, "new", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            defer { close(file) }
            guard Foundation.write(file, picture, picture.count) == picture.count, fsync(file) == 0,
                renameat(directory, "new", directory, "\(number).jpg") == 0, fsync(directory) == 0
            else { throw Unexpected.errno(errno) }
        }
    }

    private static func size(of path: String) throws -> Int {
        var status = stat()
        guard stat(path, &status) == 0 else { throw Unexpected.errno(errno) }
        return Int(status.st_size)
    }

    private enum Unexpected: Error {
        case repetition
        case errno(Int32)
    }
}
