import ArgumentParser
import Care
import Vocabulary

/// What the archive keeps, and for how long. What the command line says stands above the configuration.
struct RetentionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Frames older than this go, such as 90d or 2y.", valueName: "duration"),
        transform: Word.duration)
    var maxAge: Duration?

    @Option(
        help: ArgumentHelp("Bring the archive down to this size, such as 20GB.", valueName: "size"),
        transform: Word.size)
    var maxSize: ByteCount?

    @Option(
        help: ArgumentHelp("Let so much be free in the archive's file system.", valueName: "size"),
        transform: Word.size)
    var minFree: ByteCount?

    @Option(
        help: ArgumentHelp(
            "How many frames to keep for how long; give it once for each tier, such as --keep all:7d --keep 1m:30d "
                + "--keep 1h:1y.", valueName: "spacing:age"), transform: Word.tier)
    var keep: [RetentionTier] = []

    /// - Throws: ``RetentionPolicyError``
    func policy() throws -> RetentionPolicy {
        try RetentionPolicy(maximumAge: maxAge, maximumSize: maxSize, minimumFree: minFree, tiers: keep)
    }
}
