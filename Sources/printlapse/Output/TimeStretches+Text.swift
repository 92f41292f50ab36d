import Archive
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

    private struct Entry: Encodable {
        let list: TimeStretchList
        let index: Int

        private enum Key: String, CodingKey {
            case stretch, frames, from, until, leap, doubt, wrong
            case firstFrame = "first_frame"
            case lastFrame = "last_frame"
            case aheadOfServer = "ahead_of_server"
        }

        func encode(to encoder: any Encoder) throws {
            let stretch = list.stretches[index]
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(index + 1, forKey: .stretch)
            try container.encode(stretch.frames, forKey: .frames)
            try container.encode(stretch.first.number, forKey: .firstFrame)
            try container.encode(stretch.last.number, forKey: .lastFrame)
            try container.encode(stretch.from.description, forKey: .from)
            try container.encode(stretch.until.description, forKey: .until)
            try container.encode(list.leap(into: index).map(\.inSeconds), forKey: .leap)
            try container.encode(stretch.aheadOfServer.map(\.inSeconds), forKey: .aheadOfServer)
            try container.encode(stretch.doubt, forKey: .doubt)
            try container.encode(list.isWrong(index), forKey: .wrong)
        }
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
