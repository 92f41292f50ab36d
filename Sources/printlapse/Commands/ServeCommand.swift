import ArgumentParser
import Gallery
import Vocabulary

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract:
            "Open the gallery: the cameras as they are now, prints, timelines and a player, as a page for a browser.",
        usage: "printlapse serve [<options>]",
        discussion: """
            The page shows what the archive has, live while something captures, and plays any print at once. It is served to this \
            machine alone, unless --listen says otherwise: then a password is needed, or a proxy that lets people in. With \
            --allow-changes visitors may mark frames and make timelapses. A capture serves it by itself where its \
            configuration says “gallery:”, with the same options as keys.

            Examples:
              printlapse serve
              printlapse serve --allow-changes --listen 8484
              printlapse serve --set-password
              printlapse serve --listen 0.0.0.0:8484 --certificate chain.pem --key key.pem
            """)

    @OptionGroup var gallery: GalleryArguments

    @Flag(help: "Ask for a new password at the terminal, keep what is needed to know it again, and end.")
    var setPassword = false

    @Flag(help: "Take the password away, and end.")
    var removePassword = false

    @Option(help: ArgumentHelp("Take the pages' files from this folder.", valueName: "folder", visibility: .hidden))
    var assets: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !(setPassword && removePassword) else {
            throw ValidationError("--set-password and --remove-password contradict each other.")
        }
    }

    func run() async throws {
        let rules = try gallery.rules()
        let store = GalleryPassword(at: rules.passwordFile)
        if removePassword { return try store.remove() }
        if setPassword { return try await store.ask() }
        let setup = try GallerySetup(rules)
        let isQuiet = common.messages.quiet
        if let warning = setup.warning { StandardError.sentence(warning) }
        let house = GalleryHouse(common, assets: assets) { StandardError.sentence("printlapse: \($0)") }
        let server = try house.server(setup) { address in
            if !isQuiet { StandardError.write("The gallery is at \(setup.url(at: address))\nEnd it with Ctrl-C.") }
        }
        try await runService(server, grace: .seconds(5), isQuiet: true)
    }
}
