import Archive
import Foundation
import Timelapses
import Vocabulary

extension CameraName {
    static let mk3 = try! CameraName("mk3")
    static let mk4 = try! CameraName("mk4")
}

extension TimeZone {
    static let berlin = TimeZone(identifier: "Europe/Berlin")!
    static let apia = TimeZone(identifier: "Pacific/Apia")!
}

/// As clocks in Berlin show it: `2026-11-23 14:05`.
func berlin(_ text: String) -> Timestamp {
    try! Timestamp(parsing: text, now: .init(milliseconds: 0), timeZone: .berlin)
}

func utc(_ text: String) -> Timestamp { try! Timestamp(parsing: text + "Z", now: .init(milliseconds: 0)) }

extension FinishedPrint {
    static func made(
        _ id: Int64 = 7, camera: CameraName = .mk3, name: String? = "benchy.gcode", state: PrintState = .finished,
        from start: String = "2026-11-23 10:00", to end: String = "2026-11-23 12:00", frames: Int = 500,
        isExcluded: Bool = false
    ) -> FinishedPrint {
        FinishedPrint(
            id: id, camera: camera, name: name, state: state, startedAt: utc(start), endedAt: utc(end), frames: frames,
            isExcluded: isExcluded)
    }
}

extension TimelapseRule {
    static let afterPrint = TimelapseRule(name: "print", occasion: .afterPrint(patience: .seconds(60)), folder: "/t")

    static func every(_ period: CalendarPeriod, at time: String = "00:00") -> TimelapseRule {
        var rule = TimelapseRule(
            name: period.rawValue, occasion: .every(period, at: try! TimeOfDay(parsing: time)), folder: "/t")
        rule.timeZone = .berlin
        return rule
    }
}

extension ArchivedTimelapse {
    /// One that was made.
    static func made(
        _ id: Int64, camera: CameraName = .mk3, until: Timestamp, bytes: Int64 = 100, isPinned: Bool = false
    ) -> ArchivedTimelapse {
        var timelapse = ArchivedTimelapse(
            rule: "day", camera: camera, subject: .period(until), since: until - .seconds(86_400), until: until,
            dueAt: until)
        timelapse.id = id
        timelapse.begin(as: [File(path: "/t/\(id).mp4")])
        timelapse.finish(
            files: [File(path: "/t/\(id).mp4", bytes: bytes)], poster: nil, frames: 9, length: .seconds(3), at: until)
        timelapse.pin(isPinned)
        return timelapse
    }
}
