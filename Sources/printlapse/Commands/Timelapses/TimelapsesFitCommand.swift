import ArgumentParser
import Catalog
import Timelapses
import Vocabulary

/// For a capture whose webhook takes no large files.
struct TimelapsesFitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fit", abstract: "Make a smaller version of one that was made.", shouldDisplay: false)

    @Argument(help: ArgumentHelp("Its number, as “printlapse timelapses” lists it.", valueName: "n"))
    var number: Int64

    @Option(help: ArgumentHelp("At most so large.", valueName: "size"), transform: Word.size)
    var maxSize: ByteCount

    @Option(name: .shortAndLong, help: ArgumentHelp("The file to make.", valueName: "file"))
    var output: String

    @Flag(help: ArgumentHelp("End when standard input does: whoever started it is gone.", visibility: .hidden))
    var tied = false

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let catalog = try Catalog.open(at: common.archive.path, reading: common.archive.packs)
        guard let timelapse = try await catalog.timelapse(number) else { throw CommandError.noTimelapse(number) }
        let setup = try common.timelapses().setups.named(timelapse.rule).fitting(into: maxSize)
        let output = output
        try await interruptible(tied: tied) {
            do throws(TimelapseFailure) {
                _ = try await TimelapseRenderer(catalog: catalog)
                    .render(timelapse, by: setup, to: [output], replaces: true)
            } catch {
                switch error {
                case .failed(let reason, let hint):
                    throw CommandError(reason, hint: hint ?? "Try a larger size.", status: .wrong)
                case .nothing(let reason): throw CommandError(reason, hint: "Try another one.", status: .wrong)
                case .interrupted: throw CancellationError()
                }
            }
        }
    }
}
