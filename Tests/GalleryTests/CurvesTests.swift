import Foundation
import Storage
import Testing
import Vocabulary

@testable import Catalog
@testable import Gallery

@Suite struct `Curves in cells` {
    private let archive: TemporaryArchive

    init() throws { archive = try TemporaryArchive() }

    /// Frames 10 s apart, 0–39, with a gap from 12 to 20, each brighter than the one before.
    private func fill() async throws {
        let writer = try await archive.open()
        for number in 0..<40 where !(12..<20).contains(number) { try await writer.store(number, Shot(light: number)) }
        try await writer.store(5, Shot(light: 90), camera: .other)
        try await writer.close()
        try archive.sqlite(
            "UPDATE frame SET changed_percent = id % 50; UPDATE frame SET prediction = 0.25 WHERE id = 7;")
    }

    /// At most eight frames of a cell, the first after each eighth.
    private func chosen(_ frames: [ArchivedFrame], _ cell: Int64, _ step: Int64) -> [ArchivedFrame] {
        let all = frames.filter { $0.capturedAt.milliseconds / step == cell }
        guard all.count > 8 else { return all }
        var chosen: [ArchivedFrame] = []
        for part in 0..<Int64(8) {
            let next = all.first { $0.capturedAt.milliseconds >= cell * step + step * part / 8 }
            if let next, chosen.last != next { chosen.append(next) }
        }
        return chosen
    }

    @Test(arguments: [4, 6, 8, 9, 10, 20])
    func `have the mean light and the greatest change of at most eight frames`(level: Int) async throws {
        try await fill()
        let gallery = try archive.gallery()
        let cells = try TimeCells(level: level, from: .slot(-3), until: .slot(45))
        let answer = try await gallery.ask(
            "cameras/printer/curves?level=\(level)&from=\(cells.from)&until=\(cells.until)")
        let frames = try await gallery.catalog.frames(FrameQuery(camera: .printer))
        let (bright, changed) = (
            try answer.column("brightness").map { $0 as? Int }, try answer.column("changed_percent").map { $0 as? Int }
        )
        // The key is null where no cell has one.
        let told = try answer.column("prediction").map { $0 as? Double }
        let predictions = told.isEmpty ? Array(repeating: nil, count: cells.count) : told
        try #require(bright.count == cells.count && changed.count == cells.count && predictions.count == cells.count)
        for cell in 0..<cells.count {
            let looked = chosen(frames, cells.first + Int64(cell), cells.step)
            let light = looked.compactMap(\.brightness)
            let mean = light.isEmpty ? nil : (light.reduce(0, +) + light.count / 2) / light.count
            #expect(bright[cell] == mean, "cell \(cell)")
            #expect(changed[cell] == looked.compactMap(\.changedPercent).max(), "cell \(cell)")
            #expect(predictions[cell] == looked.compactMap(\.prediction).max(), "cell \(cell)")
        }
    }

    @Test func `are null without frames, and have no predictions where there are none`() async throws {
        try await fill()
        let gallery = try archive.gallery()
        let answer = try await gallery.ask(
            "cameras/other/curves?level=6&from=\(Timestamp.slot(0))&until=\(Timestamp.slot(20))")
        #expect(try answer.json["prediction"] is NSNull)
        #expect(try answer.column("brightness").compactMap { $0 as? Int }.count == 1)
    }
}
