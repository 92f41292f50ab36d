import ArgumentParser
import Capture
import Vocabulary

/// How much room captures leave and take. What the command line says stands above the configuration.
struct RoomOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Pause while less than this is free in the archive's file system (default: 200MB).", valueName: "size"),
        transform: Word.size)
    var minFree: ByteCount?

    @Option(
        help: ArgumentHelp("Pause while the archive has this size or more (default: no limit).", valueName: "size"),
        transform: Word.size)
    var maxSize: ByteCount?

    func applied(to rules: RoomRules) -> RoomRules {
        RoomRules(minimumFree: minFree ?? rules.minimumFree, maximumSize: maxSize ?? rules.maximumSize)
    }
}
