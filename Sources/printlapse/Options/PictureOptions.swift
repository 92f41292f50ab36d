import ArgumentParser
import Export

/// How pictures are named, dated and packed.
struct PictureOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Name pictures so (default: by camera and time).", valueName: "template"),
        transform: Word.nameTemplate)
    var name: NameTemplate?

    @Flag(help: "Write the time of capture into every picture's Exif data; what it shows stays as it is, bit for bit.")
    var exif = false

    @Flag(help: "Pack the pictures as a BagIt 1.0 bag.")
    var bag = false

    var given: Set<ExportOption> { .given([(.name, name != nil), (.exif, exif), (.bag, bag)]) }
}
