import Archive
import Care
import Vocabulary

/// What `times` prints: the stretches between which an archive's time leaps.
struct TimeStretchList: Encodable {
    let stretches: [TimeStretch]
    let now: Timestamp

    func encode(to encoder: any Encoder) throws {
        var list = encoder.unkeyedContainer()
        for index in stretches.indices { try list.encode(Entry(list: self, index: index)) }
    }

    /// Whether something wants to be put right.
    var isWrong: Bool { stretches.indices.contains { isWrong($0) } }

    private func isWrong(_ index: Int) -> Bool {
        let stretch = stretches[index]
        return stretch.from > now + .seconds(60) || stretch.isWrongByServer
            || leap(into: index).map { $0 < .seconds(-60) } ?? false
    }

    /// By how much time leaps where the stretch begins.
    private func leap(into index: Int) -> Duration? {
        index > 0 ? stretches[index].from - stretches[index - 1].until : nil
    }

    private func remarks(_ index: Int) -> [String] {
        let stretch = stretches[index]
        var remarks: [String] = []
        if stretch.from > now + .seconds(60) { remarks.append("ahead of this clock") }
        if let lead = stretch.aheadOfServer, stretch.isWrongByServer {
            remarks.append(
                lead > .zero ? "\(lead.shortText) ahead of the server" : "\((.zero - lead).shortText) behind the server"
            )
        }
        if let doubt = stretch.doubt { remarks.append("doubtful: \(doubt)") }
        return remarks
    }

    func lines(width: Int) -> [String] {
        guard !stretches.isEmpty else { return ["No captured frames."] }
        var table = TextTable([
            .right("#"), .left("frames"), .left("from"), .left("until"), .right("leap"),
            TextTable.Column(title: "remark", isFlexible: true),
        ])
        for (index, stretch) in stretches.enumerated() {
            table.add([
                "\(index + 1)", "\(stretch.first)–\(stretch.last)", stretch.from.localMinuteText,
                stretch.until.localMinuteText, leap(into: index).map { ($0 < .zero ? "" : "+") + $0.shortText } ?? "–",
                remarks(index).joined(separator: ", "),
            ])
        }
        var lines = table.lines(width: width)
        if stretches.count == 1, !isWrong { lines += ["", "Time does not leap."] }
        if let wrong = stretches.indices.last(where: { isWrong($0) }) {
            let way = stretches[wrong].isWrongByServer ? "--by-server" : "--begins 'DATE TIME'"
            lines += [
                "", "To put a stretch right, first without --apply:",
                "  printlapse times --stretch \(wrong + 1) \(way)",
            ]
        }
        return lines
    }

    private struct Entry: KeyedRecord {
        let list: TimeStretchList
        let index: Int

        private var stretch: TimeStretch { list.stretches[index] }

        static let fields: [Field<Self>] = [
            Field("stretch") { $0.index + 1 },
            Field("frames", \.stretch.frames),
            Field("first_frame", \.stretch.first),
            Field("last_frame", \.stretch.last),
            Field("from", \.stretch.from),
            Field("until", \.stretch.until),
            Field("leap") { $0.list.leap(into: $0.index)?.inSeconds },
            Field("ahead_of_server", \.stretch.aheadOfServer?.inSeconds),
            Field("doubt", \.stretch.doubt),
            Field("wrong") { $0.list.isWrong($0.index) },
        ]
    }
}

extension Duration {
    fileprivate var inSeconds: Double { Double(milliseconds) / 1000 }
}

extension TimeShiftReport {
    var lines: [String] {
        [
            "\(frames.counted("frame")), \(slots.counted("slot")), \(prints.counted("print")), "
                + "\(usageReadings.counted("usage reading")) of \(cameras.counted("camera"))",
            "  from  \(before.lowerBound.localText) – \(before.upperBound.localText)",
            "  to    \(after.lowerBound.localText) – \(after.upperBound.localText)",
        ]
    }
}
