import Archive
import ArgumentParser
import Care
import Vocabulary

struct NoteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "note",
        abstract: "Write a note to frames or to a print.",
        usage: "printlapse note <frame>… (--text <text> | --remove) [<options>]",
        discussion: """
            A note is one line of up to 1,000 characters. It stands with the frames in “frames --noted” and “frame”, with a \
            print in “prints”, and a new one takes its place. Frames with a note are never pruned.

            Examples:
              printlapse note 4711 --text "the nozzle hits the part"
              printlapse note --print latest --text "first try with 0.6 mm"
              printlapse note 4711 --remove
            """)

    @Option(help: "What to write.", transform: Word.note)
    var text: Note?

    @Flag(help: "Take the notes away.")
    var remove = false

    @OptionGroup var options: MarkCommandOptions

    func validate() throws {
        guard (text != nil) != remove else { throw ValidationError("Give --text, or --remove.") }
    }

    func run() async throws {
        try await options.mark(.note(text), state: remove ? "without a note" : "noted")
    }
}
