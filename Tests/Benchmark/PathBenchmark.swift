import Archive
import Foundation
import TestSupport
import Vocabulary

/// How many frames a second pass through validating, fingerprinting and storing, beside the same work in bare C calls.
///
/// The two paths take turns picture by picture, so that whatever else the machine does falls on both alike.
struct PathBenchmark {
    /// Pictures of each size.
    let count: Int

    func run(in folder: URL) async throws {
        print(
            """
            \(count) pictures of each size on \(ProcessFigures.allowedCores); medians in milliseconds a picture.
            Bare: tjDecompress2 to luma at 1/8, SHA256(), a row with the picture in SQLite
            (WAL, synchronous=FULL, pages of 4 KiB).

            """)
        print(Comparison.heading)
        for scene in [(640, 480), (1280, 720), (1920, 1080)] {
            let pictures = CameraPictures(width: scene.0, height: scene.1)
            let comparison = try await compare(pictures, in: folder)
            print(comparison.table)
        }
    }

    private func compare(_ pictures: CameraPictures, in folder: URL) async throws -> Comparison {
        let name = "\(pictures.size.width)"
        var whole = try await WholePath(archive: folder.appendingPathComponent("\(name).printlapse").path)
        let bare = try BarePath(database: folder.appendingPathComponent("\(name).sqlite").path, size: pictures.size)
        var comparison = Comparison(size: pictures.size)
        // The first rounds warm caches, files and allocators up.
        for number in -10..<count {
            let picture = pictures.picture(number + 10)
            let times: (StageTimes, StageTimes)
            if number.isMultiple(of: 2) {
                let first = try await whole.take(picture, number: number)
                times = (first, try bare.take(picture, number: number))
            } else {
                let first = try bare.take(picture, number: number)
                times = (try await whole.take(picture, number: number), first)
            }
            if number >= 0 { comparison.record(whole: times.0, bare: times.1, bytes: picture.count) }
        }
        try await whole.finish()
        return comparison
    }
}
