import ArgumentParser
import Vocabulary

/// A word where a command's name is expected.
///
/// The argument parser calls it an unexpected argument, and says neither what there is nor what is like it.
struct UnknownCommand {
    let word: String
    /// The command that has no such subcommand, as it is typed.
    let parent: String
    let known: [String]

    /// - Parameter arguments: those of the program, without its own name.
    /// - Returns: `nil` where the words name commands as far as commands are expected.
    init?(in arguments: [String], of root: any ParsableCommand.Type) {
        var command = root
        var path = ["printlapse"]
        for word in arguments {
            let subcommands = command.configuration.subcommands
            guard !subcommands.isEmpty, !word.hasPrefix("-"), word != "help" else { return nil }
            guard let next = subcommands.first(where: { $0.configuration.commandName == word }) else {
                // It may be an argument of the command that stands for none.
                let isTypo =
                    Spelling(known: subcommands.compactMap { $0.configuration.commandName }).nearest(to: word) != nil
                guard command.configuration.defaultSubcommand == nil || isTypo else { return nil }
                self.word = word
                parent = path.joined(separator: " ")
                known = subcommands.compactMap { $0.configuration.commandName }
                return
            }
            command = next
            path.append(word)
        }
        return nil
    }

    var error: CommandError {
        let nearest = Spelling(known: known).nearest(to: word).map { "Was “\(parent) \($0)” meant? " } ?? ""
        return CommandError(
            "there is no command “\(parent) \(word.printable)”",
            hint: nearest
                + (known.count > 6 ? "“\(parent) --help” lists them" : "There is: \(known.joined(separator: ", "))"))
    }
}
