import ArgumentParser
import Vocabulary

/// Which frames.
struct SelectionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only this camera's.", valueName: "name"), completion: .cameras, transform: Word.camera)
    var camera: CameraName?

    @Option(
        name: .customLong("since"),
        help: ArgumentHelp("Only from this time on: 2026-11-23, 14:05, 2h (back from now).", valueName: "time"),
        transform: Word.time)
    private var from: Timestamp?

    @Option(
        name: .customLong("until"), help: ArgumentHelp("Only before this time.", valueName: "time"),
        transform: Word.time)
    private var end: Timestamp?

    @Option(
        help: ArgumentHelp("Only this day's: 2026-11-23, today, yesterday.", valueName: "day"), transform: Word.day)
    private var day: LocalDay?

    /// From when on, however that was given.
    var since: Timestamp? { day?.since ?? from }
    /// Before when.
    var until: Timestamp? { day?.until ?? end }

    func validate() throws {
        if day != nil, from != nil || end != nil {
            throw ValidationError("--day is a stretch of time of its own: leave --since and --until out.")
        }
    }
}
