import org.jspecify.annotations.NullMarked;

/**
 * A caller of tuxtape, as small as one can be. ProgramIT runs it on the module path and on the class path. To let it use
 * another module: require it here, use it in Program, and add the lines that it prints to ProgramIT.
 */
@NullMarked
module org.tuxtape.consumer {
    requires org.tuxtape.mail;
    requires org.tuxtape.profile;
    requires static org.jspecify;
}
