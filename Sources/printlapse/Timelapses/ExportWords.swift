import ArgumentParser
import Export
import Foundation
import Timelapses
import Vocabulary

/// The options of `export` as a configuration has them: under their own names, so that what is new there is new here.
enum ExportWords {
    /// What a rule says in other words, or what is none of its business.
    private static let ownWords: Set<String> = [
        "camera", "print", "since", "until", "day", "side-by-side", "plan", "json", "force", "format", "archive",
        "config",
        "quiet", "verbose", "log-format", "help", "version",
    ]

    private struct Dump: Decodable {
        struct Argument: Decodable {
            struct Name: Decodable {
                let kind: String
                let name: String
            }
            let kind: String
            let names: [Name]?
        }
        struct Command: Decodable { let arguments: [Argument]? }
        let command: Command
    }

    /// By their names: whether each is on or off, and takes no value.
    private static let options: [String: Bool] = {
        guard let dump = try? JSONDecoder().decode(Dump.self, from: Data(ExportCommand._dumpHelp().utf8)) else {
            preconditionFailure("the parser describes the command in another way")
        }
        var options: [String: Bool] = [:]
        for argument in dump.command.arguments ?? [] {
            for name in argument.names ?? [] where name.kind == "long" { options[name.name] = argument.kind == "flag" }
        }
        return options.filter { !ownWords.contains($0.key) }
    }()

    static var names: [String] { options.keys.sorted() }

    /// What is wrong with an option.
    struct Problem: Error {
        let option: String
        let description: String
        let hint: String
    }

    /// As a command line has them.
    static func words(for settings: [ExportSetting]) throws(Problem) -> [String] {
        var words: [String] = []
        for setting in settings { words += try self.words(for: setting) }
        return words
    }

    private static func words(for setting: ExportSetting) throws(Problem) -> [String] {
        guard let isFlag = options[setting.name] else {
            throw Problem(
                option: setting.name, description: "“\(setting.name.printable)” is no setting of a timelapse",
                hint: ownWords.contains(setting.name)
                    ? "The rule says that in its own words: cameras, prints, into, file."
                    : "The options of “printlapse export” are: \(names.joined(separator: ", ")).")
        }
        guard isFlag else { return ["--" + setting.name + "=" + setting.value] }
        switch setting.value {
        case "yes", "true": return ["--" + setting.name]
        case "no", "false": return []
        default:
            throw Problem(
                option: setting.name, description: "“\(setting.value.printable)” is none of yes, no",
                hint: "“\(setting.name)” is on or off: write yes or no.")
        }
    }
}
