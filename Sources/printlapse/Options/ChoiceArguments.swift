import ArgumentParser
import Catalog
import Export
import Vocabulary

/// Which of the matching frames go into an export.
struct ChoiceArguments: ParsableArguments {
    @Option(help: ArgumentHelp("At most this many frames, the oldest.", valueName: "n"))
    var limit: Int?

    @Flag(help: "Take frames that may not be what the camera saw, too.")
    var withSuspect = false

    @Flag(help: "Leave out all pictures with detection boxes, also where none without is near.")
    var noTagged = false

    @Flag(help: "Leave out dark frames: below 40% of the bright ones' light.")
    var skipDark = false

    @Flag(help: "Leave out frames that show nothing new.")
    var skipStill = false

    @Option(help: ArgumentHelp("Only every n-th frame.", valueName: "n"))
    var every = 1

    @Option(help: ArgumentHelp("This many frames, evenly in time.", valueName: "n"))
    var frames: Int?

    @Flag(
        help: """
            Of each step take the frame in which the head stands as before, so that the part seems to grow by itself. \
            --every, --frames or --duration set the steps (default: ten frames each); longer ones are steadier.
            """)
    var steady = false

    @Flag(help: "Put the cameras into one picture, in step by time, each with its name and its gaps.")
    var sideBySide = false

    func validate() throws {
        if let frames, frames < 1 { throw ValidationError("--frames takes a number from 1 on.") }
        if every < 1 { throw ValidationError("--every takes a number from 1 on.") }
        if let limit, limit < 1 { throw ValidationError("--limit takes a number from 1 on.") }
        if steady, every > 1, frames != nil {
            throw ValidationError("--every and --frames both set the steps of --steady; give one.")
        }
    }

    var given: Set<ExportOption> { .given([(.frames, frames != nil), (.steady, steady), (.sideBySide, sideBySide)]) }

    var selection: ExportSelection {
        var selection = ExportSelection()
        (selection.every, selection.most) = (every, frames)
        (selection.skipsTagged, selection.skipsDark, selection.skipsStill) = (noTagged, skipDark, skipStill)
        (selection.isSteady, selection.takesSuspect) = (steady, withSuspect)
        return selection
    }
}
