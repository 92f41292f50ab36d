import ArgumentParser
@main struct Printlapse: AsyncParsableCommand { func run() async throws {} }
