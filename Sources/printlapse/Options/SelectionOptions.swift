import ArgumentParser
import Vocabulary

/// Which frames.
struct SelectionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only this camera's.", valueName: "name"), completion: .cameras, transform: Word.camera)
    var camera: CameraName?

    @Option(
        help: ArgumentHelp("Only from this time on: 2026-11-23, 14:05, 2h (back from now).", valueName: "time"),
        transform: Word.time)
    var since: Timestamp?

    @Option(help: ArgumentHelp("Only before this time.", valueName: "time"), transform: Word.time)
    var until: Timestamp?
}
